# oddity_add_detector(NAME SOURCES file...)
#
# A detector is a shared library NAME.so that links the SDK and nothing else and exports one symbol,
# oddity_plugin_entry_v1. The linker script hides the rest: with default visibility two plugins would share
# their inline variables. Sources are C++ or C. Where testing is enabled, the test conformance.NAME holds it
# against the laws of detectors.
#
# ODDITY_PROGRAM is the program that the tests run.
set(ODDITY_DETECTOR_MAP ${CMAKE_CURRENT_LIST_DIR}/detector.map)

function(oddity_add_detector name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
  if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
    message(FATAL_ERROR "oddity_add_detector: expected a name of a-z, 0-9 and _, beginning with a letter, got '${name}' "
                        "(it is the value of .algorithm() and the name in the detector's description)")
  endif()
  if(NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "oddity_add_detector: expected ${name} SOURCES file..., got ${ARGV}")
  endif()
  add_library(${name} MODULE ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE oddity::sdk)
  if(TARGET oddity_warnings)
    target_link_libraries(${name} PRIVATE oddity_warnings)
  endif()
  set_target_properties(${name} PROPERTIES
    PREFIX "" SUFFIX ".so"
    CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LINK_DEPENDS ${ODDITY_DETECTOR_MAP})
  target_compile_options(${name} PRIVATE -ffp-contract=off)
  target_link_options(${name} PRIVATE -Wl,--version-script=${ODDITY_DETECTOR_MAP})
  if(NOT ODDITY_SANITIZE)
    target_link_options(${name} PRIVATE -Wl,-z,defs)  # sanitizers leave their runtime undefined in a module
  endif()
  if(ODDITY_PLUGIN_OUTPUT_DIRECTORY)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${ODDITY_PLUGIN_OUTPUT_DIRECTORY})
  endif()
  if(CMAKE_TESTING_ENABLED)
    add_test(NAME conformance.${name} COMMAND ${ODDITY_PROGRAM} plugin check $<TARGET_FILE:${name}>)
    set_tests_properties(conformance.${name} PROPERTIES TIMEOUT 300)
  endif()
endfunction()
