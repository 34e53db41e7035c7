#include "models/secretsightings.h"

#include "models/redactor.h"
#include "models/secretsinventory.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretSightings)
};

constexpr int kLongestShown = 160;

const std::array<QString, 5> kLeakChecks{u"secrets.tree"_s, u"secrets.history"_s, u"secrets.build-output"_s,
                                         u"secrets.app-package"_s, u"exposure.bundle-secrets"_s};

QString checkOf(const QString &key)
{
    return key.section(u'@', 0, 0);
}

QString shown(const QJsonValue &value)
{
    return plainText(withoutValues(value.toString()), kLongestShown);
}

QString placeOf(const QJsonObject &row)
{
    const QString file = shown(row["file"_L1]);
    const int line = row["line"_L1].toInt();
    const int more = row["places"_L1].toInt() - 1;
    const QString place = line > 0 && !file.isEmpty() ? Text::tr("%1, line %2").arg(file, QString::number(line)) : file;
    return more > 0 && !place.isEmpty() ? Text::tr("%1, and %n more place(s)", nullptr, more).arg(place) : place;
}

// Thousands of sightings have the names of a few rules.
QString nameOf(const QJsonObject &row, QHash<QString, QString> &known)
{
    const QString written = row["name"_L1].toString();
    const auto found = known.constFind(written);
    return found == known.cend() ? *known.insert(written, shown(written)) : *found;
}

SecretSighting sightingOf(const QString &checkId, const QJsonObject &row, QHash<QString, QString> &names)
{
    SecretSighting sighting;
    sighting.checkId = checkId;
    sighting.rule = row["rule"_L1].toString();
    sighting.name = nameOf(row, names);
    sighting.fingerprint = fingerprintIn(row["fingerprint"_L1].toString());
    sighting.place = placeOf(row);
    sighting.isSecret = row["class"_L1].toString() == "secret"_L1;
    sighting.isAllowed = row["allowed"_L1].toBool();
    sighting.isLead = row["proof"_L1].toString() == toWord(Proof::Lead);
    return sighting;
}

} // namespace

bool looksForSecrets(const QString &checkId)
{
    return std::ranges::find(kLeakChecks, checkId) != kLeakChecks.end();
}

QString fingerprintIn(const QString &text)
{
    constexpr qsizetype kDigits = 16;
    const QString start = text.left(kDigits);
    const auto isHex = [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); };
    return start.size() == kDigits && std::ranges::all_of(start, isHex) ? start : QString();
}

// Asked for each time that a finding is shown, so without making words of a thousand rows.
QString ruleOf(const Finding &finding, const QJsonObject &observed)
{
    const QString fingerprint = fingerprintIn(finding.subject);
    for (const auto list : {"secrets"_L1, "keys"_L1}) {
        const QJsonArray rows = observed[list].toArray();
        for (const QJsonValue row : rows) {
            QString rule = row["rule"_L1].toString();
            const bool isIt = fingerprint.isEmpty() ? rule == finding.subject
                                                    : row["fingerprint"_L1].toString().startsWith(fingerprint);
            if (isIt)
                return rule;
        }
    }
    return {};
}

QString sightingId(const SecretSighting &sighting)
{
    return "found:"_L1 +
           (sighting.fingerprint.isEmpty() ? sighting.checkId + u':' + sighting.rule : sighting.fingerprint);
}

std::vector<SecretSighting> secretSightings(const std::map<QString, QJsonObject> &observed)
{
    std::vector<SecretSighting> sightings;
    QHash<QString, QString> names;
    for (const auto &[key, seen] : observed) {
        const QString checkId = checkOf(key);
        if (!looksForSecrets(checkId))
            continue;
        for (const char *list : {"secrets", "keys"}) {
            const QJsonArray rows = seen[QLatin1StringView(list)].toArray();
            for (const QJsonValue row : rows)
                sightings.push_back(sightingOf(checkId, row.toObject(), names));
        }
    }
    return sightings;
}

} // namespace cockpit
