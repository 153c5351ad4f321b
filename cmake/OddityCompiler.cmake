# Language level, warnings and sanitizers, in one place for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# The build tree lies like an installed one: bin/ beside lib/oddity/plugins/.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(ODDITY_PLUGIN_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib/oddity/plugins)

# -ffp-contract=off: a fused multiply-add would change the bits of a result with the processor it was
# compiled for; a restored run has to give the same bits as an uninterrupted one. No fast-math, ever.
add_compile_options(-ffp-contract=off)

add_library(oddity_warnings INTERFACE)
target_compile_options(oddity_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow -Werror)
# GCC 12 sees overlaps and accesses out of bounds in std::string's operators that cannot be (its bugs 105329 and 105651), and tells of them
# where the standard library's headers are precompiled.
target_compile_options(oddity_warnings INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds>)

if(ODDITY_SANITIZE)
  # With what a sanitizer puts in, GCC 12 takes std::regex's own variables for uninitialized.
  target_compile_options(oddity_warnings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  add_compile_options(-fsanitize=${ODDITY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ODDITY_SANITIZE})
endif()
