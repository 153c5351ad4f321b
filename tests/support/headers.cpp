// Compiled only for its precompiled headers, which all tests share.
