// A git repository with keys in all the places where people forget them, and with what only looks like keys. The same
// settings give the same repository. No key in it opens anything: they are made of the rules' examples.
#pragma once

#include "checks/secrets/blobwalk.h"
#include "checks/secrets/textscanner.h"

#include <QString>

#include <vector>

namespace cockpit::lab {

struct LeakySettings
{
    QString folder; // is made, a bare repository
    int commits = 300;
    qint64 bytes = qint64(4) << 20; // of files, before git packs them
    int lookAlikes = 2000;
    unsigned firstWrapping = 0; // of those that take turns: base64, UTF-16, a minified line and so on
};

// A key, or what looks like one, and where it stands: in a blob, or anywhere under its value.
struct Planted
{
    QByteArray what; // for people, without the value
    QByteArray blob; // id; empty: known by its value
    qint64 from = 0;
    qint64 to = 0;
    QByteArray value = {};
    bool isEmbedded = false; // in an archive that is the blob
};

struct LeakyRepository
{
    std::vector<Planted> secrets;
    int lookAlikes = 0;
    qint64 bytes = 0;
};

// An Error says which command of git failed.
[[nodiscard]] Result<LeakyRepository> makeLeakyRepository(const LeakySettings &settings,
                                                          const std::vector<LeakRule> &rules);

struct LeakScore
{
    int planted = 0;
    int found = 0;
    int hits = 0; // reported as secrets
    int wrong = 0;
    std::vector<QByteArray> missed;   // what, of each
    std::vector<QByteArray> mistaken; // rule and place
    double recall() const { return planted == 0 ? 1 : static_cast<double>(found) / planted; }
    double precision() const { return hits == 0 ? 1 : static_cast<double>(hits - wrong) / hits; }
};

// Searches the whole history as the program does (scanHistory), and judges what would be reported: a value once for
// each path. What is public by design or of a test mode, and reported as that, is neither a hit nor a mistake.
[[nodiscard]] Result<LeakScore> scoreOf(const LeakyRepository &made, const QString &folder,
                                        const std::shared_ptr<const PatternSet> &patterns);

} // namespace cockpit::lab
