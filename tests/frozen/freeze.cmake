# Keeps the plugin ABI of today for good: its headers, and a detector that is built with nothing else.
#
#   cmake -P tests/frozen/freeze.cmake                    a folder for a version that has none yet
#   cmake -DREPLACE=ON -P tests/frozen/freeze.cmake       the same again; only as long as that version was not released
#
# -DTO=folder: elsewhere than here. -DCOMPILER=c++: what was made is compiled, too.
cmake_minimum_required(VERSION 3.25)
get_filename_component(source ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
if(NOT TO)
  set(TO ${CMAKE_CURRENT_LIST_DIR})
endif()

# The version is in whichever header has the entry's name.
file(GLOB headers ${source}/core/include/oddity/*)
foreach(header ${headers})
  file(STRINGS ${header} found REGEX "#define ODDITY_ABI_M[A-Z]+ [0-9]+u")
  string(APPEND versions "${found}")
endforeach()
if(NOT versions MATCHES "_MAJOR ([0-9]+)u.*_MINOR ([0-9]+)u")
  message(FATAL_ERROR "freeze: expected ODDITY_ABI_MAJOR and ODDITY_ABI_MINOR in a header of ${source}/core/include/oddity")
endif()
set(day v${CMAKE_MATCH_1})
if(NOT CMAKE_MATCH_2 EQUAL 0)
  string(APPEND day _${CMAKE_MATCH_2})
endif()
set(folder ${TO}/${day})
if(EXISTS ${folder} AND NOT REPLACE)
  message(FATAL_ERROR "freeze: ${folder} is there already, and a version that was released is never changed (-DREPLACE=ON for one that was not)")
endif()

# The t-test of the day in one file: the class, its name changed, and its export.
function(replace_in text was now)
  string(FIND "${${text}}" "${was}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "freeze: expected '${was}' in plugins/ttest, got a file without it")
  endif()
  string(REPLACE "${was}" "${now}" changed "${${text}}")
  set(${text} "${changed}" PARENT_SCOPE)
endfunction()
file(READ ${source}/plugins/ttest/ttest.hpp detector)
file(READ ${source}/plugins/ttest/ttest.cpp export)
string(REGEX REPLACE "^.*#pragma once\n" "" detector "${detector}")
replace_in(detector "\"oddity/detector.hpp\"" "\"oddity/export.hpp\"")
replace_in(detector "\"ttest\"" "\"frozen_${day}\"")
replace_in(detector "oddity::plugins" "oddity::frozen")
string(REGEX REPLACE "#include [^\n]*\n" "" export "${export}")
replace_in(export "oddity::plugins" "oddity::frozen")
string(STRIP "${export}" export)

file(REMOVE_RECURSE ${folder})
file(COPY ${source}/core/include/oddity DESTINATION ${folder}/include)
file(WRITE ${folder}/frozen_${day}.cpp "// The t-test as it was when this version of the plugin ABI was fixed. It and include/ beside it are never changed:
// see ../README.md.
${detector}
${export}
")
if(COMPILER)
  execute_process(COMMAND ${COMPILER} -std=c++20 -fsyntax-only -I${folder}/include ${folder}/frozen_${day}.cpp
    COMMAND_ERROR_IS_FATAL ANY)
endif()
message(STATUS "frozen: ${folder}")
