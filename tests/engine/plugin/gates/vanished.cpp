extern "C" int vanished() { return 0; }
