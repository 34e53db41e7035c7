# What every target shares: the language level, warnings and strict Qt, and the fast paths of the build.
set(CMAKE_AUTOMOC ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

option(COCKPIT_WERROR "Treat warnings as errors (CI)" OFF)
option(COCKPIT_BENCH "Build the programs of tests/bench without the tests" OFF)
option(COCKPIT_PRECOMPILE_OWN "Also precompile our own most included headers: for builds of everything from nothing" OFF)
option(COCKPIT_FUZZ "Build the fuzzers of tests/fuzz without the tests" OFF)
set(COCKPIT_SANITIZE "" CACHE STRING "address, thread or empty")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Precompiled headers are only cached when their times are not part of the key.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE_PROGRAM})
endif()

add_library(cockpit_common INTERFACE)
target_compile_features(cockpit_common INTERFACE cxx_std_20)
target_include_directories(cockpit_common INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(cockpit_common INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_FOREACH QT_MESSAGELOGCONTEXT)
target_compile_options(cockpit_common INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
    # Designated initialisers leave members out on purpose: each has its default.
    -Wno-missing-field-initializers
    $<$<BOOL:${COCKPIT_WERROR}>:-Werror>
    # A precompiled header that cannot be used costs minutes without a word: say so.
    $<$<CXX_COMPILER_ID:GNU>:-Winvalid-pch>)

# Not mold: with Debian 12's (1.10) a thread-local variable can end up before the page that it shares, and the loader
# then refuses the program.
find_program(LLD_PROGRAM ld.lld)
if(LLD_PROGRAM)
    target_link_options(cockpit_common INTERFACE -fuse-ld=lld)
endif()

if(COCKPIT_SANITIZE STREQUAL "address")
    add_compile_options(-fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=address,undefined)
elseif(COCKPIT_SANITIZE STREQUAL "thread")
    add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
    add_link_options(-fsanitize=thread)
endif()
if(COCKPIT_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=address,undefined)
endif()

# What nearly every source includes, read once for the whole build: half of the time of a small source is Qt's headers.
# Only what all targets define alike may be visible in it, or the compiler could not use it.
# With COCKPIT_PRECOMPILE_OWN the headers of ours that half of all sources include are in it as well: 1.2 of the 2.4
# processor seconds of a judge. Whoever edits one of them builds everything again, so it is for continuous integration;
# the other builds show which source forgets an include.
function(cockpit_precompile)
    add_library(cockpit_precompiled OBJECT "${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp")
    target_link_libraries(cockpit_precompiled PRIVATE cockpit_common Qt6::Core)
    target_precompile_headers(cockpit_precompiled PRIVATE ${COCKPIT_PRECOMPILED})
    if(COCKPIT_PRECOMPILE_OWN)
        target_precompile_headers(cockpit_precompiled PRIVATE ${COCKPIT_PRECOMPILED_OWN})
    endif()
endfunction()

set(COCKPIT_PRECOMPILED <QtCore> <tl/expected.hpp> <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <set> <vector>)
set(COCKPIT_PRECOMPILED_OWN
    "${CMAKE_SOURCE_DIR}/models/projectstate.h"
    "${CMAKE_SOURCE_DIR}/models/roadmap.h"
    "${CMAKE_SOURCE_DIR}/models/checkresult.h"
    "${CMAKE_SOURCE_DIR}/checks/engine/check.h"
    "${CMAKE_SOURCE_DIR}/checks/engine/observations.h"
    "${CMAKE_SOURCE_DIR}/checks/net/httpclient.h"
    "${CMAKE_SOURCE_DIR}/checks/net/dnsclient.h"
    "${CMAKE_SOURCE_DIR}/checks/web/sessioncookies.h"
    "${CMAKE_SOURCE_DIR}/checks/actors/wire.h")
# What the window's sources share beyond that.
set(COCKPIT_PRECOMPILED_WINDOW ${COCKPIT_PRECOMPILED} ${COCKPIT_PRECOMPILED_OWN} <QtWidgets> "${CMAKE_SOURCE_DIR}/ui/session.h")

# cockpit_use_precompiled(TARGET): its sources begin with that header.
function(cockpit_use_precompiled name)
    target_precompile_headers(${name} REUSE_FROM cockpit_precompiled)
    # Nearly empty in a target whose classes have their code included: reading the header would cost more.
    get_target_property(kind ${name} TYPE)
    if(kind STREQUAL "EXECUTABLE")
        set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${name}_autogen/mocs_compilation.cpp"
            PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    endif()
endfunction()

# cockpit_library(NAME sources… [OWN_PRECOMPILED]): a static library of one folder, with the shared flags.
# OWN_PRECOMPILED: it precompiles more than what all share.
function(cockpit_library name)
    cmake_parse_arguments(PARSE_ARGV 1 ARG "OWN_PRECOMPILED" "" "")
    add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
    target_link_libraries(${name} PUBLIC cockpit_common)
    if(NOT ARG_OWN_PRECOMPILED)
        cockpit_use_precompiled(${name})
    endif()
endfunction()
