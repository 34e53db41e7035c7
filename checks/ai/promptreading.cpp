#include "checks/ai/promptreading.h"

#include "checks/engine/observations.h"
#include "checks/secrets/archivewalk.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/descriptorreading.h"
#include "checks/secrets/logread/countedvalues.h"
#include "checks/secrets/logread/linefeed.h"
#include "checks/secrets/logread/pastedlook.h"
#include "checks/secrets/shownnames.h"
#include "checks/secrets/textform.h"
#include "checks/secrets/textscanner.h"
#include "checks/secrets/treewalk.h"
#include "checks/secrets/unsearched.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <optional>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PromptContent)
};

constexpr qsizetype kMostGaps = 20;
constexpr size_t kBlock = size_t(256) << 10; // that is read before it is asked whether to go on

// What stands in a prompt by its nature is no find there.
bool isOfPrompts(SensitiveKind kind)
{
    return kind == SensitiveKind::Prompt || kind == SensitiveKind::Body || kind == SensitiveKind::Address;
}

// Of the messages of one file.
struct LeftOut
{
    bool isCut = false;           // there were more keys than are counted
    std::optional<Error> trouble; // of the search for keys
};

class Collector
{
public:
    Collector(TextScanner scanner, const QDateTime &now) : m_scanner(std::move(scanner)), m_finder(now) {}

    void begin(const QString &file) { m_file = file; }

    // isOver: asked between blocks. What was not done of it is added to `left`.
    template<typename IsOver>
    void add(const PromptMessage &message, const IsOver &isOver, LeftOut &left)
    {
        RoleSeen &seen = m_digest.roles[message.role];
        seen.messages += message.count;
        m_counted.clear();
        LineFeed lines([&](const LinePiece &piece) {
            addPiece(piece, message.hasLines ? message.line + piece.line - 1 : message.line, seen);
        });
        for (std::string_view rest = message.text; !rest.empty(); rest.remove_prefix(std::min(kBlock, rest.size()))) {
            if (isOver())
                return;
            lines.feed(rest.substr(0, kBlock));
        }
        lines.finish();
        if (!isOver())
            addKeys(message, seen, left);
    }

    PromptDigest &digest() { return m_digest; }

private:
    void addPiece(const LinePiece &piece, qint64 line, RoleSeen &seen)
    {
        m_found.clear();
        FieldCounts fields;
        m_finder.find(piece.text, piece.own, m_found, fields);
        for (const SensitiveFound &found : m_found) {
            if (isOfPrompts(found.kind))
                continue;
            KindSeen &kind = seen.kinds[found.kind];
            ++kind.count;
            QString shown;
            if (kind.samples.size() < kMostLogSamples) {
                shown = shownSensitive(found, piece.text);
                addSample({m_file, line, shown}, kind.samples);
            }
            m_counted.add({found.kind, piece.offset + static_cast<qint64>(found.at.start),
                           piece.offset + static_cast<qint64>(found.at.end), line, std::move(shown)});
        }
    }

    void addKeys(const PromptMessage &message, RoleSeen &seen, LeftOut &left)
    {
        const TextScan scan = m_scanner.scan(message.text);
        m_counted.sort();
        for (const SecretHit &hit : scan.hits) {
            const CountedValue *counted = m_counted.at(hit);
            if (counted && !isKnownBetter(hit))
                continue;
            if (counted)
                m_counted.takeOut(*counted, m_file, seen.kinds);
            const qint64 line = message.hasLines ? message.line + hit.line - 1 : message.line;
            addHit(hit, m_file, line, seen.rules[hit.rule->id]);
        }
        left.isCut = left.isCut || scan.isCut;
        if (const Error *trouble = scan.trouble())
            left.trouble = *trouble;
    }

    TextScanner m_scanner;
    SensitiveFinder m_finder;
    PromptDigest m_digest;
    QString m_file;
    std::vector<SensitiveFound> m_found;
    CountedValues m_counted; // of the message at hand
};

class SourceReader
{
public:
    SourceReader(const PromptReading &question, ProbeContext &context, Deadline until, ShownNames names,
                 Collector collector)
        : m_limits(question.limits),
          m_onProgress(question.onProgress),
          m_context(context),
          m_until(until),
          m_names(std::move(names)),
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
        const QString name = m_names.path(file.path);
        if (file.size > m_limits.largestFile) {
            addGap(Text::tr("%1 was not read: it is larger than %2 MB. Split it first.")
                       .arg(name, QString::number(m_limits.largestFile >> 20)));
            return {};
        }
        WipedBytes bytes(static_cast<size_t>(file.size), '\0');
        const auto got = readFully(file.descriptor, bytes.data(), file.size);
        if (!got)
            return tl::unexpected(got.error());
        bytes.resize(static_cast<size_t>(*got));
        const QByteArrayView view(bytes.data(), static_cast<qsizetype>(bytes.size()));
        if (isArchive(view, shownPath(file.path)))
            unpack(view, name);
        else
            readText(bytes, name);
        return {};
    }

    void readPasted(const Secret &pasted, const QString &name)
    {
        const QByteArray &text = pasted.reveal();
        readText({text.constData(), static_cast<size_t>(text.size())}, name);
    }

    PromptDigest finish(const QString &place, const WalkTotals &totals)
    {
        const QString root = m_names.text(place);
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

    bool isOverNow()
    {
        if (m_onProgress)
            m_onProgress(m_pieces);
        ++m_pieces;
        return isOver();
    }

    void addGap(const QString &sentence)
    {
        QStringList &gaps = m_collector.digest().gaps;
        if (gaps.size() < kMostGaps)
            gaps += sentence;
    }

    void readText(std::string_view text, const QString &name)
    {
        const FormFound form = formOf(text);
        if (form.form == TextForm::Binary)
            return; // pictures and films of an export
        WipedBytes narrow;
        text = text.substr(form.markBytes);
        if (form.form != TextForm::Bytes) {
            narrow = text;
            narrow.resize(narrowUtf16(narrow.data(), narrow.size(), form.form));
            text = narrow;
        }
        m_collector.begin(name);
        ++m_collector.digest().files;
        m_collector.digest().bytes += static_cast<qint64>(text.size());
        LeftOut left;
        readPromptMessages(text, [this, &left](const PromptMessage &message) {
            if (!isOver())
                m_collector.add(
                    message, [this] { return isOverNow(); }, left);
            return !isOver();
        });
        if (left.trouble)
            addGap(unsearchedSentence(name, *left.trouble));
        if (left.isCut)
            addGap(Text::tr("%1 holds more keys than are counted: there are at least as many as are said.").arg(name));
    }

    void unpack(QByteArrayView bytes, const QString &name)
    {
        ArchiveLimits limits;
        limits.largestEntry = m_limits.largestFile;
        limits.largestTotal = m_limits.mostBytes;
        const auto onEntry = [this](const ArchiveEntry &entry) {
            if (!isOver())
                readText({entry.bytes.data(), static_cast<size_t>(entry.bytes.size())}, m_names.text(entry.path));
        };
        const auto report = walkArchive(bytes, name, limits, onEntry, m_context.token);
        if (report) {
            for (const QString &gap : gapSentences(*report, name))
                addGap(m_names.text(gap));
        } else if (report.error().kind != ErrorKind::Cancelled) {
            addGap(m_names.text(report.error().message));
        }
    }

    const PromptLimits m_limits;
    const std::function<void(qint64)> m_onProgress;
    ProbeContext &m_context;
    const Deadline m_until;
    ShownNames m_names;
    Collector m_collector;
    qint64 m_pieces = 0;
    qint64 m_leftOut = 0;
};

Result<PromptDigest> digestOfPasted(const Secret &pasted, SourceReader &reader, const ProbeContext &context)
{
    const QString name = pastedName();
    reader.readPasted(pasted, name);
    if (context.token.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("Reading %1 was stopped.").arg(name));
    PromptDigest digest = reader.finish(name, {});
    digest.isPasted = true;
    if (digest.files == 0)
        return failure(ErrorKind::BadInput, Text::tr("What was pasted is no text."));
    return digest;
}

} // namespace

Result<PromptDigest> probe(const PromptReading &question, ProbeContext &context)
{
    const auto rules = context.observations.ask(CompiledRules{});
    if (!*rules)
        return tl::unexpected(rules->error());
    // Not all that is left of the run: what was read until then is still to be judged.
    const auto until = Deadline::in(context.deadline.remaining() * 3 / 4);
    auto scanner =
        TextScanner::make(**rules, {question.fingerprintKey, context.token.boundedBy(until), question.startedAt});
    if (!scanner)
        return tl::unexpected(scanner.error());
    auto names = ShownNames::make(context.observations);
    if (!names)
        return tl::unexpected(names.error());
    SourceReader reader(question, context, until, std::move(*names),
                        Collector(std::move(*scanner), question.startedAt));
    if (question.pasted)
        return digestOfPasted(*question.pasted, reader, context);
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
