#include "checks/secrets/placeweight.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr std::array kFolders{
    "node_modules"sv,  "bower_components"sv,
    "vendor"sv,        "third_party"sv,
    "third-party"sv,   "site-packages"sv,
    "dist-packages"sv, ".venv"sv,
    "venv"sv,          ".yarn"sv,
    ".pnpm-store"sv,   "pods"sv,
    "test"sv,          "tests"sv,
    "testdata"sv,      "__tests__"sv,
    "__fixtures__"sv,  "__mocks__"sv,
    "spec"sv,          "specs"sv,
    "fixtures"sv,      "fixture"sv,
    "mocks"sv,         "e2e"sv,
    "cypress"sv,       "example"sv,
    "examples"sv,      "samples"sv,
    "testing"sv,
};

constexpr std::array kFiles{
    "package-lock.json"sv,  "npm-shrinkwrap.json"sv, "yarn.lock"sv,    "pnpm-lock.yaml"sv, "bun.lockb"sv,
    "bun.lock"sv,           "composer.lock"sv,       "gemfile.lock"sv, "poetry.lock"sv,    "uv.lock"sv,
    "pipfile.lock"sv,       "cargo.lock"sv,          "go.sum"sv,       "flake.lock"sv,     "deno.lock"sv,
    "packages.lock.json"sv, "podfile.lock"sv,        "pubspec.lock"sv, "mix.lock"sv,       "gradle.lockfile"sv,
};

// Behind the name: of tests, samples, fonts and pictures.
constexpr std::array kEndings{
    ".example"sv,  ".sample"sv,  ".template"sv, ".dist"sv,     ".test.js"sv, ".test.ts"sv, ".test.tsx"sv,
    ".test.jsx"sv, ".spec.js"sv, ".spec.ts"sv,  ".spec.tsx"sv, "_test.go"sv, "_test.py"sv, "_spec.rb"sv,
    ".svg"sv,      ".ttf"sv,     ".otf"sv,      ".woff"sv,     ".woff2"sv,   ".eot"sv,     ".snap"sv,
};

// Of a minified file: a library that everybody has.
constexpr std::array kLibraries{"jquery"sv, "bootstrap"sv, "react"sv, "vue"sv,    "angular"sv, "lodash"sv,
                                "moment"sv, "d3"sv,        "three"sv, "chart"sv,  "popper"sv,  "underscore"sv,
                                "ember"sv,  "backbone"sv,  "axios"sv, "swagger"sv};

bool isKnownLibrary(std::string_view name)
{
    const bool isMinified = name.ends_with(".min.js"sv) || name.ends_with(".min.css"sv);
    return isMinified && std::ranges::any_of(kLibraries, [name](std::string_view library) {
               return name.starts_with(library) && name.size() > library.size() &&
                      !(name[library.size()] >= 'a' && name[library.size()] <= 'z');
           });
}

} // namespace

PlaceWeight weightOf(const QByteArray &path)
{
    const QByteArray lower = path.toLower();
    std::string_view rest(lower.constData(), static_cast<size_t>(lower.size()));
    for (size_t slash = rest.find('/'); slash != std::string_view::npos; slash = rest.find('/')) {
        if (std::ranges::find(kFolders, rest.substr(0, slash)) != kFolders.end())
            return PlaceWeight::Lower;
        rest.remove_prefix(slash + 1);
    }
    const bool isLower = std::ranges::find(kFiles, rest) != kFiles.end() || isKnownLibrary(rest) ||
                         std::ranges::any_of(kEndings, [rest](std::string_view end) { return rest.ends_with(end); });
    return isLower ? PlaceWeight::Lower : PlaceWeight::Full;
}

Severity oneStepLower(Severity severity)
{
    return severity == Severity::Low ? severity : static_cast<Severity>(static_cast<int>(severity) + 1);
}

Severity weighed(Severity severity, PlaceWeight weight)
{
    return weight == PlaceWeight::Full ? severity : oneStepLower(severity);
}

} // namespace cockpit
