#include "app/cli/optiontable.h"

#include "app/cli/nearest.h"
#include "models/access/permission.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr double kLongestSeconds = 86400;
constexpr int kStages = 7;

using Apply = std::function<Result<void>(Options &, const QString &)>;

template<typename T>
struct Choice
{
    QString word;
    T value;
};

template<typename T, size_t Count>
Result<T> choose(const QString &option, const QString &word, const std::array<Choice<T>, Count> &choices)
{
    const auto it = std::ranges::find(choices, word, &Choice<T>::word);
    if (it != choices.end())
        return it->value;
    QStringList words;
    for (const auto &choice : choices)
        words << choice.word;
    return failure(ErrorKind::BadInput, Text::tr("%1 cannot be \"%2\". Did you mean \"%3\"? Possible: %4.")
                                            .arg(option, word, nearestWord(word, words), words.join(u", "_s)));
}

template<typename T, typename... Rest>
std::array<Choice<T>, 1 + sizeof...(Rest)> choicesOf(T first, Rest... rest)
{
    return {{{toWord(first), first}, {toWord(rest), rest}...}};
}

Apply setText(QString Options::*member)
{
    return [member](Options &options, const QString &value) -> Result<void> {
        options.*member = value;
        return {};
    };
}

Apply setFlag(bool Options::*member, bool to)
{
    return [member, to](Options &options, const QString &) -> Result<void> {
        options.*member = to;
        return {};
    };
}

Apply addToList(QStringList Options::*member)
{
    return [member](Options &options, const QString &value) -> Result<void> {
        for (const QString &word : value.split(u',')) {
            if (word.trimmed().isEmpty())
                return failure(ErrorKind::BadInput, Text::tr("\"%1\" has nothing beside a comma.").arg(value));
            (options.*member) << word.trimmed();
        }
        return {};
    };
}

Apply setSeconds(const QString &option, std::chrono::milliseconds NetOptions::*member)
{
    return [option, member](Options &options, const QString &value) -> Result<void> {
        bool ok = false;
        const double seconds = value.toDouble(&ok);
        if (!ok || !(seconds >= 0.001) || seconds > kLongestSeconds) {
            return failure(
                ErrorKind::BadInput,
                Text::tr("%1 wants a number of seconds above 0, such as 5; \"%2\" is none.").arg(option, value));
        }
        options.net.*member = std::chrono::milliseconds(static_cast<qint64>(seconds * 1000));
        return {};
    };
}

Result<void> addResolver(Options &options, const QString &value)
{
    return parseResolver(value).map([&](const SocketAddress &address) { options.net.resolvers.push_back(address); });
}

Result<void> addConnect(Options &options, const QString &value)
{
    return parseConnectOverride(value).map([&](const ConnectOverride &o) { options.net.connects.push_back(o); });
}

Result<void> setCaFile(Options &options, const QString &value)
{
    options.net.caFile = value;
    return {};
}

Result<void> addHost(Options &options, const QString &value)
{
    static const std::array<Choice<HostRole>, 9> roles{{{u"site"_s, HostRole::Site},
                                                        {u"www"_s, HostRole::Www},
                                                        {u"app"_s, HostRole::App},
                                                        {u"api"_s, HostRole::Api},
                                                        {u"admin"_s, HostRole::Admin},
                                                        {u"auth"_s, HostRole::Auth},
                                                        {u"portal"_s, HostRole::Portal},
                                                        {u"mail"_s, HostRole::Mail},
                                                        {u"other"_s, HostRole::Other}}};
    const qsizetype equals = value.indexOf(u'=');
    if (equals <= 0 || equals == value.size() - 1) {
        return failure(ErrorKind::BadInput,
                       Text::tr("--host wants ROLE=NAME, such as app=app.example.com; \"%1\" is not that.").arg(value));
    }
    return choose(u"--host"_s, value.left(equals), roles).map([&](HostRole role) {
        options.hosts.push_back({role, value.mid(equals + 1)});
    });
}

// "code=PATH", "settings:staging=PATH": what lies here, and whose it is.
Result<void> addSource(Options &options, const QString &value)
{
    static const auto kinds =
        choicesOf(SourceKind::Code, SourceKind::Build, SourceKind::Package, SourceKind::Settings, SourceKind::CiLog,
                  SourceKind::Log, SourceKind::Prompts, SourceKind::Advisories);
    static const auto environments = choicesOf(Environment::Local, Environment::Staging, Environment::Production);
    const auto equals = value.indexOf(u'=');
    if (equals < 1) {
        return failure(ErrorKind::BadInput,
                       Text::tr("--source wants KIND=PATH, such as code=. or settings:production=.env.production; "
                                "\"%1\" is none.")
                           .arg(value));
    }
    const QString left = value.left(equals);
    const QString whose = left.section(u':', 1);
    LocalSource source;
    source.path = value.mid(equals + 1);
    return choose(u"--source"_s, left.section(u':', 0, 0), kinds)
        .and_then([&](SourceKind kind) -> Result<void> {
            source.kind = kind;
            if (!left.contains(u':'))
                return {};
            return choose(u"--source"_s, whose, environments).map([&](Environment environment) {
                source.environment = environment;
            });
        })
        .and_then([&] { return checkedSource(source); })
        .map([&](const LocalSource &checked) { options.sources.push_back(checked); });
}

// The token is public, as everybody can read it in the DNS: it may stand on a command line.
Result<void> setControlToken(Options &options, const QString &value)
{
    const QString prefix = txtRecordValue({});
    const QString token = value.startsWith(prefix) ? value.mid(prefix.size()) : value;
    if (!isControlToken(token))
        return failure(ErrorKind::BadInput,
                       Text::tr("--token wants the 32 characters that stand in your TXT record %1… or in the file %2.")
                           .arg(prefix, wellKnownPath()));
    options.controlToken = token;
    return {};
}

// Of test attacks in one run, within the bounds of what a person may agree to in the window.
Result<void> setMostRequests(Options &options, const QString &value)
{
    bool isNumber = false;
    const int requests = value.toInt(&isNumber);
    if (!isNumber || !checkedBudget({.requests = requests}))
        return failure(ErrorKind::BadInput, Text::tr("--requests wants a number from 1 to %1; \"%2\" is none.")
                                                .arg(QString::number(kMostActiveRequests), value));
    options.mostRequests = requests;
    return {};
}

Result<void> setDeadline(Options &options, const QString &value)
{
    options.isDeadlineFixed = true;
    return setSeconds(u"--deadline"_s, &NetOptions::runDeadline)(options, value);
}

Result<void> setClient(Options &options, const QString &value)
{
    if (!options.spfSender.client.setAddress(value)) {
        return failure(
            ErrorKind::BadInput,
            Text::tr("--ip wants the address that the mail comes from, such as 192.0.2.1; \"%1\" is none.").arg(value));
    }
    return {};
}

Apply setSenderText(QString SpfSender::*member)
{
    return [member](Options &options, const QString &value) -> Result<void> {
        options.spfSender.*member = value == "<>"_L1 ? QString() : value; // "<>" is how SMTP writes the empty sender
        return {};
    };
}

Result<void> setStage(Options &options, const QString &value)
{
    bool ok = false;
    const int stage = value.toInt(&ok);
    if (!ok || stage < 1 || stage > kStages)
        return failure(ErrorKind::BadInput, Text::tr("--stage wants a number from 1 to 7; \"%1\" is none.").arg(value));
    options.stage = stage;
    return {};
}

Result<void> setFormat(Options &options, const QString &value)
{
    static const std::array<Choice<ReportFormat>, 4> all{{{u"text"_s, ReportFormat::Text},
                                                          {u"json"_s, ReportFormat::Json},
                                                          {u"sarif"_s, ReportFormat::Sarif},
                                                          {u"junit"_s, ReportFormat::Junit}}};
    return choose(u"--format"_s, value, all).map([&](ReportFormat format) { options.format = format; });
}

Result<void> setFailOn(Options &options, const QString &value)
{
    static const std::array<Choice<std::optional<Severity>>, 5> all{{{u"critical"_s, Severity::Critical},
                                                                     {u"high"_s, Severity::High},
                                                                     {u"medium"_s, Severity::Medium},
                                                                     {u"low"_s, Severity::Low},
                                                                     {u"never"_s, std::nullopt}}};
    return choose(u"--fail-on"_s, value, all).map([&](std::optional<Severity> severity) { options.failOn = severity; });
}

std::vector<OptionRow> networkOptions()
{
    using enum Command;
    const std::vector<Command> network{Window, Audit, Monitor, Spf};
    return {
        {u"--resolver"_s, OptionValue::Required, network, addResolver},
        {u"--connect"_s, OptionValue::Required, network, addConnect},
        {u"--ca-file"_s, OptionValue::Required, network, setCaFile},
        {u"--host"_s, OptionValue::Required, {Audit}, addHost},
        {u"--timeout"_s, OptionValue::Required, network, setSeconds(u"--timeout"_s, &NetOptions::operationTimeout)},
        {u"--deadline"_s, OptionValue::Required, network, setDeadline},
    };
}

std::vector<OptionRow> auditOptions()
{
    using enum Command;
    return {
        {u"--demo"_s, OptionValue::None, {Window, Audit}, setFlag(&Options::demo, true)},
        {u"--project"_s, OptionValue::Required, {Audit, Monitor, Handover}, setText(&Options::projectFile)},
        {u"--roadmap"_s, OptionValue::Required, {Audit}, setText(&Options::roadmapId)},
        {u"--stage"_s, OptionValue::Required, {Audit}, setStage},
        {u"--only"_s, OptionValue::Required, {Audit}, addToList(&Options::only)},
        {u"--skip"_s, OptionValue::Required, {Audit}, addToList(&Options::skip)},
        {u"--dkim-selector"_s, OptionValue::Required, {Audit}, addToList(&Options::dkimSelectors)},
        {u"--routes"_s, OptionValue::Required, {Audit}, setText(&Options::routesFile)},
        {u"--source"_s, OptionValue::Required, {Audit}, addSource},
        {u"--active"_s, OptionValue::None, {Audit}, setFlag(&Options::active, true)},
        {u"--remove-left"_s, OptionValue::None, {Audit}, setFlag(&Options::removeLeft, true)},
        {u"--token"_s, OptionValue::Required, {Audit}, setControlToken},
        {u"--requests"_s, OptionValue::Required, {Audit}, setMostRequests},
        {u"--pdf"_s, OptionValue::Required, {Audit}, setText(&Options::pdfFile)},
        {u"--fail-on"_s, OptionValue::Required, {Audit, Secrets}, setFailOn},
    };
}

std::vector<OptionRow> spfOptions()
{
    using enum Command;
    return {
        {u"--ip"_s, OptionValue::Required, {Spf}, setClient},
        {u"--mail-from"_s, OptionValue::MayBeEmpty, {Spf}, setSenderText(&SpfSender::mailFrom)},
        {u"--helo"_s, OptionValue::MayBeEmpty, {Spf}, setSenderText(&SpfSender::helo)},
    };
}

std::vector<OptionRow> secretsOptions()
{
    using enum Command;
    return {
        {u"--history"_s, OptionValue::None, {Secrets}, setFlag(&Options::history, true)},
        {u"--staged"_s, OptionValue::None, {Secrets}, setFlag(&Options::staged, true)},
        {u"--since"_s, OptionValue::Required, {Secrets}, setText(&Options::since)},
        {u"--baseline"_s, OptionValue::Required, {Secrets}, setText(&Options::baselineFile)},
        {u"--write-baseline"_s, OptionValue::Required, {Secrets}, setText(&Options::writeBaselineFile)},
    };
}

std::vector<OptionRow> outputOptions()
{
    using enum Command;
    return {
        {u"--format"_s, OptionValue::Required, {Audit, Secrets, Checks, Roadmaps, Spf}, setFormat},
        {u"--out"_s,
         OptionValue::Required,
         {Audit, Secrets, Handover, Checks, Roadmaps, Spf},
         setText(&Options::outFile)},
        // Monitor and handover are quiet anyway: the word is taken so that a script can say it to all three.
        {u"--quiet"_s, OptionValue::None, {Audit, Secrets, Monitor, Handover}, setFlag(&Options::quiet, true)},
        {u"--verbose"_s, OptionValue::None, {Audit, Secrets, Monitor}, setFlag(&Options::verbose, true)},
        {u"--no-progress"_s, OptionValue::None, {Audit, Secrets}, setFlag(&Options::progress, false)},
    };
}

} // namespace

std::span<const OptionRow> optionTable()
{
    static const std::vector<OptionRow> table = [] {
        std::vector<OptionRow> all = networkOptions();
        for (auto &&part : {auditOptions(), secretsOptions(), spfOptions(), outputOptions()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return table;
}

std::span<const CommandRow> commandTable()
{
    static const std::vector<CommandRow> table{
        {u"audit"_s, Command::Audit},       {u"secrets"_s, Command::Secrets},   {u"spf"_s, Command::Spf},
        {u"monitor"_s, Command::Monitor},   {u"handover"_s, Command::Handover}, {u"checks"_s, Command::Checks},
        {u"roadmaps"_s, Command::Roadmaps}, {u"help"_s, Command::Help},         {u"version"_s, Command::Version},
        {u"--help"_s, Command::Help},       {u"-h"_s, Command::Help},           {u"--version"_s, Command::Version},
    };
    return table;
}

} // namespace cockpit
