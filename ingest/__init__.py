"""Files become documents: sniffing, decoding, reading, cleaning, splitting."""
