#include "checks/ai/promptreading.h"

#include "checks/engine/observations.h"
#include "checks/secrets/archivewalk.h"
#include "checks/secrets/candidate.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/textform.h"
#include "checks/secrets/textscanner.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PromptContent)
};

constexpr qsizetype kMostGaps = 20;
constexpr qsizetype kMostDifferent = 1000;
constexpr size_t kLongestPiece = size_t(256) << 10;

// What stands in a prompt by its nature is no find there.
bool isOfPrompts(SensitiveKind kind)
{
    return kind == SensitiveKind::Prompt || kind == SensitiveKind::Body || kind == SensitiveKind::Address;
}

class Collector
{
public:
    Collector(TextScanner scanner, const QDateTime &now) : m_scanner(std::move(scanner)), m_finder(now) {}

    void begin(const QString &file) { m_file = file; }

    void add(const PromptMessage &message)
    {
        RoleSeen &seen = m_digest.roles[message.role];
        ++seen.messages;
        m_spans.clear();
        qint64 line = message.line;
        for (std::string_view rest = message.text; !rest.empty();) {
            const size_t end = std::min({rest.find('\n'), rest.size(), kLongestPiece});
            addLine(rest.substr(0, end), static_cast<size_t>(rest.data() - message.text.data()), message.line, seen);
            rest.remove_prefix(std::min(rest.size(), end + (end < rest.size() && rest[end] == '\n' ? 1 : 0)));
        }
        addKeys(message.text, line, seen);
    }

    PromptDigest &digest() { return m_digest; }

private:
    struct Counted
    {
        SensitiveKind kind;
        qint64 start;
        qint64 end;
    };

    void addLine(std::string_view text, size_t offset, qint64 line, RoleSeen &seen)
    {
        m_found.clear();
        FieldCounts fields;
        m_finder.find(text, m_found, fields);
        for (const SensitiveFound &found : m_found) {
            if (isOfPrompts(found.kind))
                continue;
            KindSeen &kind = seen.kinds[found.kind];
            ++kind.count;
            if (kind.samples.size() < kMostLogSamples)
                kind.samples.push_back({m_file, line, shownSensitive(found, text)});
            m_spans.push_back(
                {found.kind, static_cast<qint64>(offset + found.at.start), static_cast<qint64>(offset + found.at.end)});
        }
    }

    void addKeys(std::string_view text, qint64 line, RoleSeen &seen)
    {
        const TextScan scan = m_scanner.scan(text);
        for (const SecretHit &hit : scan.hits) {
            const auto counted = std::ranges::find_if(m_spans, [&hit](const Counted &one) {
                return one.start < hit.offset + hit.length && hit.offset < one.end;
            });
            const bool isOwnShape = !isGeneric(*hit.rule) && hit.rule->kind != LeakKind::Jwt;
            if (counted != m_spans.end() && !isOwnShape && hit.severity != Severity::Critical)
                continue;
            if (counted != m_spans.end())
                uncount(counted->kind, line, seen);
            RuleSeen &rule = seen.rules[hit.rule->id];
            rule.severity = rule.count == 0 ? hit.severity : std::min(rule.severity, hit.severity);
            rule.name = hit.rule->name;
            rule.kind = hit.kind;
            rule.isToken = hit.rule->kind == LeakKind::Jwt;
            rule.isGuessed = isGeneric(*hit.rule);
            ++rule.count;
            if (rule.different.size() < kMostDifferent)
                rule.different.insert(hit.fingerprint);
            if (rule.samples.size() < kMostLogSamples)
                rule.samples.push_back({m_file, line, hit.masked});
        }
    }

    void uncount(SensitiveKind kind, qint64 line, RoleSeen &seen) const
    {
        const auto it = seen.kinds.find(kind);
        if (it == seen.kinds.end())
            return;
        std::erase_if(it->second.samples, [&](const LogSample &one) { return one.file == m_file && one.line == line; });
        if (--it->second.count == 0)
            seen.kinds.erase(it);
    }

    TextScanner m_scanner;
    SensitiveFinder m_finder;
    PromptDigest m_digest;
    QString m_file;
    std::vector<SensitiveFound> m_found;
    std::vector<Counted> m_spans; // of the message at hand
};

class SourceReader
{
public:
    SourceReader(const PromptReading &question, ProbeContext &context, Collector collector)
        : m_limits(question.limits),
          m_context(context),
          // Not all that is left of the run: what was read until then is still to be judged.
          m_until(Deadline::in(context.deadline.remaining() * 3 / 4)),
          m_collector(std::move(collector))
    {
    }

    Result<void> visit(const WalkedFile &file)
    {
        if (isOver())
            return {};
        PromptDigest &digest = m_collector.digest();
        if (digest.bytes >= m_limits.mostBytes || digest.files >= m_limits.mostFiles) {
            ++m_leftOut;
            return {};
        }
        const QString name = shownPath(file.path);
        if (file.size > m_limits.largestFile) {
            addGap(Text::tr("%1 was not read: it is larger than %2 MB. Split it first.")
                       .arg(name)
                       .arg(m_limits.largestFile >> 20));
            return {};
        }
        WipedBytes bytes(static_cast<size_t>(file.size), '\0');
        size_t held = 0;
        while (held < bytes.size()) {
            const ssize_t got = ::read(file.descriptor, bytes.data() + held, bytes.size() - held);
            if (got < 0 && errno != EINTR)
                return failure(ErrorKind::NotPermitted, QString::fromLocal8Bit(std::strerror(errno)));
            if (got == 0)
                break;
            held += static_cast<size_t>(std::max<ssize_t>(got, 0));
        }
        bytes.resize(held);
        const QByteArrayView view(bytes.data(), static_cast<qsizetype>(bytes.size()));
        if (isArchive(view, name))
            unpack(view, name);
        else
            readText(bytes, name);
        return {};
    }

    PromptDigest finish(const QString &root, const WalkTotals &totals)
    {
        if (isOver())
            addGap(Text::tr("%1 was not read to its end: there was no more time.").arg(root));
        if (m_leftOut > 0)
            addGap(Text::tr("%n file(s) in %1 were left out: there is more than is read at once.", nullptr,
                            static_cast<int>(m_leftOut))
                       .arg(root));
        if (totals.unreadable > 0)
            addGap(Text::tr("%n file(s) in %1 could not be read.", nullptr, static_cast<int>(totals.unreadable))
                       .arg(root));
        PromptDigest digest = std::move(m_collector.digest());
        digest.root = root;
        return digest;
    }

private:
    bool isOver() const { return m_context.token.isCancelled() || m_until.hasPassed(); }

    void addGap(const QString &sentence)
    {
        QStringList &gaps = m_collector.digest().gaps;
        if (gaps.size() < kMostGaps)
            gaps += sentence;
    }

    void readText(std::string_view text, const QString &name)
    {
        if (formOf(text).form != TextForm::Bytes)
            return; // pictures and films of an export
        m_collector.begin(name);
        ++m_collector.digest().files;
        m_collector.digest().bytes += static_cast<qint64>(text.size());
        readPromptMessages(text, [this](const PromptMessage &message) {
            if (!isOver())
                m_collector.add(message);
        });
    }

    void unpack(QByteArrayView bytes, const QString &name)
    {
        ArchiveLimits limits;
        limits.largestEntry = m_limits.largestFile;
        limits.largestTotal = m_limits.mostBytes;
        const auto onEntry = [this](const ArchiveEntry &entry) {
            readText({entry.bytes.data(), static_cast<size_t>(entry.bytes.size())}, entry.path);
        };
        const auto report = walkArchive(bytes, name, limits, onEntry, m_context.token);
        if (report) {
            for (const QString &gap : gapSentences(*report, name))
                addGap(gap);
        } else if (report.error().kind != ErrorKind::Cancelled) {
            addGap(report.error().message);
        }
    }

    const PromptLimits m_limits;
    ProbeContext &m_context;
    const Deadline m_until;
    Collector m_collector;
    qint64 m_leftOut = 0;
};

} // namespace

Result<PromptDigest> probe(const PromptReading &question, ProbeContext &context)
{
    const auto rules = context.observations.ask(CompiledRules{});
    if (!*rules)
        return tl::unexpected(rules->error());
    auto scanner = TextScanner::make(**rules, {question.fingerprintKey, context.token, question.startedAt});
    if (!scanner)
        return tl::unexpected(scanner.error());
    SourceReader reader(question, context, Collector(std::move(*scanner), question.startedAt));
    const auto walked = walkTree(question.source.path, {1, context.token},
                                 [&reader](const WalkedFile &file, size_t) { return reader.visit(file); });
    if (!walked)
        return tl::unexpected(walked.error());
    const QString root = QDir::toNativeSeparators(question.source.path);
    if (context.token.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("Reading %1 was stopped.").arg(root));
    if (walked->files == 0 && walked->unreadable == 0)
        return failure(ErrorKind::NotFound, Text::tr("There is no file in %1. Name the export of your conversations: a "
                                                     "file of JSON, JSON Lines or text.")
                                                .arg(root));
    return reader.finish(root, *walked);
}

} // namespace cockpit
