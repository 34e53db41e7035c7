#include "checks/secrets/logread/knownvalues.h"

#include "checks/engine/observations.h"
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/logread/fieldclass.h"
#include "checks/secrets/logread/namedvalues.h"
#include "checks/secrets/placeholders.h"
#include "checks/secrets/settings/setting.h"
#include "checks/secrets/settings/wholetext.h"
#include "checks/secrets/shownnames.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LogReading)
};

constexpr size_t kShortest = 8; // shorter ones stand in a log by chance
constexpr size_t kLongest = 4096;

// "postgres://user:password@host/name", whatever the setting is called.
bool isAddressWithPassword(std::string_view value)
{
    const size_t scheme = value.find("://");
    if (scheme == std::string_view::npos)
        return false;
    const size_t start = scheme + 3;
    const std::string_view door = value.substr(start, value.find('/', start) - start);
    const size_t at = door.rfind('@');
    const size_t colon = door.find(':');
    return at != std::string_view::npos && colon < at && colon + 1 < at;
}

// Such a value is worth looking for, though the name alone would not make it a secret: STRIPE_KEY, SLACK_WEBHOOK_URL.
bool mayOpenSomething(const QString &name)
{
    const std::string plain = plainName(name.toStdString());
    return plain.ends_with("key") || plain.ends_with("connectionstring") || plain.ends_with("webhookurl");
}

bool isSecret(const QString &name, std::string_view value)
{
    return isAddressWithPassword(value) ||
           (!env::isPublicName(name) && (env::isSecretName(name) || mayOpenSomething(name)));
}

bool isWorthKnowing(std::string_view value)
{
    return value.size() >= kShortest && value.size() < kLongest && !isNoValue(value) && !isHiddenValue(value) &&
           !standsForSecret(value);
}

} // namespace

std::vector<KnownValue> knownValuesIn(const env::RawSettings &settings, const QByteArray &key)
{
    std::vector<KnownValue> known;
    QSet<QByteArray> seen; // fingerprints
    for (const env::RawSetting &setting : settings.settings) {
        if (known.size() >= kMostKnownValues)
            break;
        const std::string_view value(setting.value.data(), setting.value.size());
        const QString name = QString::fromStdString(setting.name);
        if (!setting.hasValue || setting.isUnreadable || !isWorthKnowing(value) || !isSecret(name, value))
            continue;
        KnownValue one{name, value.size(), fingerprintOf(value, key)};
        if (seen.contains(one.fingerprint))
            continue;
        seen.insert(one.fingerprint);
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

namespace {

class SettingsReader
{
public:
    SettingsReader(const KnownValues &question, ProbeContext &context, ShownNames names)
        : m_key(question.fingerprintKey), m_context(context), m_names(std::move(names))
    {
    }

    void take(const LocalSource &source)
    {
        const auto walked =
            walkTree(source.path, {1, m_context.token}, [this](const WalkedFile &file, size_t) { return visit(file); });
        if (!walked)
            m_read.gaps += m_names.text(
                Text::tr("The values of your settings were not all looked for: %1").arg(walked.error().message));
        else
            m_unreadable += walked->unreadable;
    }

    SettingValues take()
    {
        if (m_unreadable > 0)
            m_read.gaps += Text::tr("%n file(s) of settings could not be read: their values were not looked for.",
                                    nullptr, static_cast<int>(m_unreadable));
        if (m_isCut)
            m_read.gaps += Text::tr("Your settings hold more values than are looked for in a build log.");
        if (m_isOver)
            m_read.gaps += Text::tr("There was no time to read all of your settings: their values were not all "
                                    "looked for.");
        return std::move(m_read);
    }

private:
    Result<void> visit(const WalkedFile &file)
    {
        m_isOver = m_isOver || m_context.observations.isOver();
        m_isCut = m_isCut || m_read.values.size() >= kMostKnownValues;
        if (m_isOver || m_isCut)
            return {};
        const auto text = env::wholeText(file, KnownValues::kLargestFile);
        if (!text)
            return tl::unexpected(text.error());
        if (text->isBinary)
            return {};
        if (text->isCut) {
            m_read.gaps += Text::tr("%1 is larger than %2 MB: the values in it were not looked for.")
                               .arg(m_names.path(file.path), QString::number(KnownValues::kLargestFile >> 20));
            return {};
        }
        const QString path = shownPath(file.path);
        const env::FileRole role = env::roleOfFile(path);
        if (role == env::FileRole::Template) // of names
            return {};
        const env::RawSettings settings =
            env::readSettings(text->view(), path, role == env::FileRole::Other ? env::FileRole::Settings : role);
        std::vector<KnownValue> some = knownValuesIn(settings, m_key);
        m_isCut = some.size() >= kMostKnownValues;
        for (KnownValue &one : some) {
            if (m_seen.contains(one.fingerprint))
                continue;
            m_seen.insert(one.fingerprint);
            m_read.values.push_back(std::move(one));
        }
        return {};
    }

    const QByteArray m_key;
    ProbeContext &m_context;
    ShownNames m_names;
    SettingValues m_read;
    QSet<QByteArray> m_seen; // fingerprints
    qint64 m_unreadable = 0;
    bool m_isCut = false;
    bool m_isOver = false;
};

} // namespace

Result<SettingValues> probe(const KnownValues &question, ProbeContext &context)
{
    auto names = ShownNames::make(context.observations);
    if (!names)
        return tl::unexpected(names.error());
    SettingsReader reader(question, context, std::move(*names));
    for (const LocalSource &source : question.settings)
        reader.take(source);
    if (context.token.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("Reading the settings was stopped."));
    return reader.take();
}

} // namespace cockpit
