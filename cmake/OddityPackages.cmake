# Every dependency with its least version: the ones of Debian 12. docs/dependencies.md says why each is here.
find_package(Threads REQUIRED)
find_package(Protobuf 3.21 REQUIRED)
find_package(Boost 1.74 REQUIRED)      # headers only: Boost.DLL, Boost.Math
find_package(yaml-cpp 0.7 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(ZLIB 1.2 REQUIRED)
find_library(LIBELF elf REQUIRED)      # of `oddity plugin check`
find_package(date 3 REQUIRED)           # Howard Hinnant's; its time zones
find_package(PkgConfig REQUIRED)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib>=0.11)  # of `oddity live`
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd>=1.5)  # of files to replay
find_path(ODDITY_DYGRAPHS dygraph.min.js PATHS /usr/share/javascript/dygraphs NO_DEFAULT_PATH REQUIRED
          DOC "The folder of dygraphs 2.2, whose text the web page holds")
if(ODDITY_TESTS)
  find_package(GTest 1.12 REQUIRED)
  find_package(rapidcheck REQUIRED)
endif()
