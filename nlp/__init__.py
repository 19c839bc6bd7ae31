"""Documents become analyses: segmentation, outline, metadata and the finders."""
