// Guards against secrets that enter the code: well-known programs, how one recognises them and what they cover
// (resources/rules/secret-guards.json), and where they are called.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

struct SecretGuard
{
    QString id;
    QString name;
    QStringList marks;         // by which a line calls it, as whole words, case ignored
    QString covers;            // for people: "keys of some 200 kinds…"
    QStringList silencedBy;    // options with which it finds and lets pass
    QString commandBlocksWith; // on a command line it stops nothing without this; empty: it does
    bool isNarrow = false;     // one kind of key alone
    bool isReportOnly = false; // never stops anything by itself
    bool isAsked = false;      // set where the code is hosted: nothing calls it, and a person says whether it is on
};

// BadInput names the place that is not right.
[[nodiscard]] Result<std::vector<SecretGuard>> parseSecretGuards(const QByteArray &json);
[[nodiscard]] Result<std::vector<SecretGuard>> loadSecretGuards();

// A place that calls a guard.
struct GuardUse
{
    SecretGuard guard;
    QString file;               // below the root
    int line = 0;               // from 1; 0: not known
    bool stops = true;          // a find makes it fail, and the failure counts
    bool isOnEachChange = true; // before it is merged; of hooks: at each commit
    QString weakness;           // a sentence: why it does not stop, or not each change; empty: neither

    bool isFull() const { return stops && isOnEachChange && !guard.isNarrow; }
};

// The guards that a text calls (a script, one step of a pipeline); remarks after # are left out. firstLine: the number
// of its first line in the file. Each guard once, by its first line that stops, else by its first.
std::vector<GuardUse> guardsInScript(const QString &text, const QString &file, int firstLine,
                                     const std::vector<SecretGuard> &guards);
// A word or an address that stands for a program by itself: the action of a pipeline, the id of a hook.
std::vector<GuardUse> guardsNamed(const QString &word, const QString &file, int line,
                                  const std::vector<SecretGuard> &guards);
// The number of the first line that holds the text; 0: none does.
int lineWith(const QByteArray &bytes, const QString &text);

} // namespace cockpit
