// What the command line asks for, as values.
#pragma once

#include "checks/engine/netoptions.h"
#include "checks/mail/spfevaluation.h"
#include "models/localsource.h"
#include "models/target.h"
#include "models/vocabulary.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

enum class Command { Window, Audit, Secrets, Spf, Monitor, Handover, Checks, Roadmaps, Help, Version };
enum class ReportFormat { Text, Json, Sarif, Junit };

// The exit statuses of cli.md.
enum class ExitStatus { Ok = 0, FindingsAtThreshold = 1, WrongUsage = 2, CouldNotRun = 3, StoppedByUser = 130 };

// The subject of `secrets` that stands for standard input.
inline constexpr QStringView kStandardInput = u"-";

struct HostOption
{
    HostRole role = HostRole::Other;
    QString name; // may carry a port

    bool operator==(const HostOption &) const = default;
};

struct Options
{
    Command command = Command::Window;
    QString subject;     // a domain or a path, without an option's name in front
    QString projectFile; // --project, or the window's argument
    bool demo = false;

    NetOptions net;
    std::vector<HostOption> hosts;

    QString roadmapId; // empty: the project's, or the default
    int stage = 0;     // 0: all
    QStringList only;
    QStringList skip;
    QStringList dkimSelectors;
    QString routesFile;
    std::vector<LocalSource> sources;
    bool active = false;
    bool removeLeft = false;      // --remove-left: first takes away what earlier runs left in the product
    QString controlToken;         // --token: published by who owns the target
    int mostRequests = 0;         // --requests: that active checks may send in this run; 0: as the project says
    bool isDeadlineFixed = false; // --deadline was given: a run has no more time, whatever it may send

    SpfSender spfSender; // --ip, --mail-from, --helo

    // secrets
    bool history = false;      // the files, and the history of their repository
    bool staged = false;       // what the next commit would bring, and nothing else
    QString since;             // what HEAD has and this revision has not, of the history; alone, or with the files
    QString baselineFile;      // accepted secrets are no findings
    QString writeBaselineFile; // accept what was found

    ReportFormat format = ReportFormat::Text;
    QString outFile; // empty: standard output
    QString pdfFile;
    std::optional<Severity> failOn = Severity::High; // empty: never
    bool quiet = false;
    bool verbose = false;
    bool progress = true;
};

} // namespace cockpit
