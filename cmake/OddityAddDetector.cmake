# oddity_add_detector(NAME SOURCES file...)
#
# A detector is a shared library NAME.so that links the SDK and nothing else and exports one symbol,
# oddity_plugin_entry_v1. The linker script hides the rest: with default visibility two plugins would share
# their inline variables.
set(ODDITY_DETECTOR_MAP ${CMAKE_CURRENT_LIST_DIR}/detector.map)

function(oddity_add_detector name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
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
endfunction()
