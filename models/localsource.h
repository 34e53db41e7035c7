// What of the product lies on this machine: its code, its built files, its settings, its logs. A project keeps paths
// alone; what is read there is judged and never kept.
#pragma once

#include "models/result.h"

#include <QString>
#include <QStringView>

#include <optional>
#include <vector>

namespace cockpit {

enum class SourceKind {
    Code,       // the folder of the code, with or without its git history; or a bare repository
    Build,      // what is sent to browsers or servers after a build: dist, .next, build/web
    Package,    // an installable app: apk, aab, ipa, jar, zip
    Settings,   // one environment's: a .env file, a compose file, an export of a hosting provider
    CiLog,      // what a build printed
    Log,        // what the product writes while it runs: a file, or a folder of them
    Prompts,    // prompts, conversations and tool results of a language model, exported
    Advisories, // known vulnerabilities of packages, as OSV exports them (https://ossf.github.io/osv-schema/)
};
QString toWord(SourceKind value);
std::optional<SourceKind> sourceKindFromWord(QStringView word);
QString labelOf(SourceKind value); // "Build log"

enum class Environment { Local, Staging, Production };
QString toWord(Environment value);
std::optional<Environment> environmentFromWord(QStringView word);
QString labelOf(Environment value);

struct LocalSource
{
    SourceKind kind = SourceKind::Code;
    QString path;                           // absolute
    std::optional<Environment> environment; // whose settings or logs these are; empty: nobody said

    bool operator==(const LocalSource &) const = default;
};

constexpr std::size_t kMostSources = 100;

// As a person or a stored row has it: the path absolute (a relative one is below the current folder), cleaned, without
// NUL or control characters. BadInput with a sentence that says what to give instead; whether anything is there is
// found out when it is read.
[[nodiscard]] Result<LocalSource> checkedSource(LocalSource source);

// Those of one kind, in their order.
std::vector<LocalSource> sourcesOf(SourceKind kind, const std::vector<LocalSource> &sources);

} // namespace cockpit
