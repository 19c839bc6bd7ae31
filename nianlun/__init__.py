"""nianlun (年轮): search and compare piles of Chinese work reports."""
