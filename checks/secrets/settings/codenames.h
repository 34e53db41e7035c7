// The names of settings that code asks for, found by the ways in which languages ask: process.env.X, import.meta.env.X,
// os.environ["X"], os.getenv("X"), Deno.env.get("X"), ENV["X"], getenv("X"), env("X") and their like.
#pragma once

#include "checks/secrets/settings/setting.h"

#include <string_view>

namespace cockpit::env {

struct CodeNames
{
    std::vector<NeededName> needed;
    std::vector<BuiltInName> builtIn; // of the settings of a build tool
    bool isCut = false;               // there are more
};

// Code of a language that asks for settings, by the end of its name; no minified file.
bool isCodeFile(QStringView path);
// text: the whole file. path: as shown.
void readCodeNames(std::string_view text, const QString &path, CodeNames &into);

// Each name once, at its first place by path and line; with a default only if it has one wherever it is read.
std::vector<NeededName> eachOnce(std::vector<NeededName> names);

} // namespace cockpit::env
