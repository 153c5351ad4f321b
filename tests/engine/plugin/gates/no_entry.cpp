// A library, but no detector.
extern "C" __attribute__((visibility("default"))) int answer() { return 42; }
