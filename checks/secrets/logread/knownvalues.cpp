#include "checks/secrets/logread/knownvalues.h"

#include "checks/engine/observations.h"

#include "checks/secrets/logread/fieldclass.h"
#include "checks/secrets/logread/namedvalues.h"
#include "checks/secrets/placeholders.h"
#include "checks/secrets/treewalk.h"
#include "checks/secrets/wipedmemory.h"
#include "checks/values/bytekinds.h"

#include <QMessageAuthenticationCode>

#include <algorithm>

#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kShortest = 8; // shorter ones stand in a log by chance
constexpr qint64 kLargestFile = 4 << 20;
constexpr size_t kMostValues = 5000;

bool isSecretName(std::string_view name)
{
    const FieldClass field = fieldClassOf(plainName(name));
    if (field == FieldClass::Password || field == FieldClass::Token)
        return true;
    // STRIPE_KEY, DATABASE_URL: names of settings end so, names of fields in logs mean other things by it.
    const std::string plain = plainName(name);
    return plain.ends_with("key") || plain.ends_with("databaseurl") || plain.ends_with("dsn") ||
           plain.ends_with("connectionstring") || plain.ends_with("webhookurl");
}

bool isWorthKnowing(std::string_view value)
{
    return value.size() >= kShortest && value.size() < NamedValues::kLongestValue && !isNoValue(value) &&
           !isHiddenValue(value) && !standsForSecret(value);
}

// An unquoted value of a .env file goes on to the end of its line.
std::string_view wholeValue(std::string_view line, const NamedValue &named)
{
    if (named.isQuoted || named.sign == ':')
        return named.value;
    std::string_view value = line.substr(std::min(named.valueStart, line.size()));
    if (const size_t comment = value.find(" #"); comment != std::string_view::npos)
        value = value.substr(0, comment);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\r'))
        value.remove_suffix(1);
    return value;
}

} // namespace

QByteArray fingerprintOfValue(std::string_view value, const QByteArray &key)
{
    const auto bytes = QByteArray::fromRawData(value.data(), static_cast<qsizetype>(value.size()));
    return QMessageAuthenticationCode::hash(bytes, key, QCryptographicHash::Sha256).toHex();
}

std::vector<KnownValue> knownValuesIn(std::string_view text, const QByteArray &key)
{
    std::vector<KnownValue> known;
    while (!text.empty() && known.size() < kMostValues) {
        const size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        NamedValues values(line);
        NamedValue named;
        const size_t first = line.find_first_not_of(' ');
        if (first == std::string_view::npos || line[first] == '#' || !values.next(named) || !isSecretName(named.name))
            continue;
        const std::string_view value = wholeValue(line, named);
        if (!isWorthKnowing(value))
            continue;
        KnownValue one{QString::fromLatin1(named.name.data(), static_cast<qsizetype>(named.name.size())), value.size(),
                       fingerprintOfValue(value, key)};
        if (std::ranges::find(known, one.fingerprint, &KnownValue::fingerprint) == known.end())
            known.push_back(std::move(one));
    }
    return known;
}

QString KnownValues::key() const
{
    QString key;
    for (const LocalSource &source : settings)
        key += source.path + u'\n';
    return key;
}

Result<std::vector<KnownValue>> probe(const KnownValues &question, ProbeContext &context)
{
    std::vector<KnownValue> all;
    for (const LocalSource &source : question.settings) {
        WipedBytes text;
        const auto visit = [&](const WalkedFile &file, size_t) -> Result<void> {
            if (file.size > kLargestFile || all.size() >= kMostValues || context.observations.isOver())
                return {};
            text.resize(static_cast<size_t>(file.size));
            const ssize_t got = ::read(file.descriptor, text.data(), text.size());
            text.resize(static_cast<size_t>(std::max<ssize_t>(got, 0)));
            for (KnownValue &one : knownValuesIn(text, question.fingerprintKey)) {
                if (std::ranges::find(all, one.fingerprint, &KnownValue::fingerprint) == all.end())
                    all.push_back(std::move(one));
            }
            return {};
        };
        const auto walked = walkTree(source.path, {1, context.token}, visit);
        Q_UNUSED(walked)
    }
    return all;
}

} // namespace cockpit
