// It exports nothing at all.
extern "C" int nothing_that_oddity_knows() { return 0; }
