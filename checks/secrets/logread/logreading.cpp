#include "checks/secrets/logread/logreading.h"

#include "checks/engine/observations.h"
#include "checks/secrets/archivewalk.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/descriptorreading.h"
#include "checks/secrets/logread/logcollector.h"
#include "checks/secrets/logread/pastedlook.h"
#include "checks/secrets/narrowsource.h"
#include "checks/secrets/shownnames.h"
#include "checks/secrets/treewalk.h"
#include "checks/secrets/unsearched.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <cstring>

#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LogReading)
};

constexpr qsizetype kDecidesArchive = 512;
constexpr qsizetype kMostGaps = 20;
constexpr size_t kAtOnce = size_t(64) << 10;

// Not all that is left of the run: what was read until then is still to be judged, by several checks.
Deadline timeFor(const ProbeContext &context)
{
    return Deadline::in(context.deadline.remaining() * 3 / 4);
}

class SourceReader
{
public:
    SourceReader(const LogReading &question, ProbeContext &context, TextScanner scanner, ShownNames names,
                 LogCollector collector)
        : m_limits(question.limits),
          m_onProgress(question.onProgress),
          m_context(context),
          m_until(timeFor(context)),
          m_scanner(std::move(scanner)),
          m_names(std::move(names)),
          m_collector(std::move(collector))
    {
    }

    Result<void> visit(const WalkedFile &file)
    {
        if (isOver())
            return {};
        if (m_collector.digest().bytes >= m_limits.mostBytes || m_seen >= m_limits.mostFiles) {
            ++m_leftOut;
            return {};
        }
        ++m_seen;
        const QString name = m_names.path(file.path);
        std::array<char, kDecidesArchive> beginning{};
        const ssize_t got = ::pread(file.descriptor, beginning.data(), beginning.size(), 0);
        if (got > 0 && isArchive(QByteArrayView(beginning.data(), got), shownPath(file.path)))
            return unpack(file, name);
        qint64 left = m_limits.largestFile;
        const ReadBytes read = [&](char *to, qint64 most) -> Result<qint64> {
            if (isOver())
                return 0;
            auto some = readSome(file.descriptor, to, std::min(most, left));
            left -= some.value_or(0);
            return some;
        };
        auto done = readText(name, read);
        if (done && left == 0 && file.size > m_limits.largestFile)
            addGap(Text::tr("Only the first %1 MB of %2 were read.")
                       .arg(QString::number(m_limits.largestFile >> 20), name));
        return done;
    }

    // The text lies in memory, and block by block as a file's does it goes through the same readers.
    Result<void> readPasted(const Secret &pasted, const QString &name)
    {
        const QByteArray &text = pasted.reveal();
        qsizetype at = 0;
        const ReadBytes read = [&](char *to, qint64 most) -> Result<qint64> {
            const qint64 some = isOver() ? 0 : std::min<qint64>(most, text.size() - at);
            std::memcpy(to, text.constData() + at, static_cast<size_t>(some));
            at += some;
            return some;
        };
        return readText(name, read);
    }

    LogDigest finish(const QString &place, const WalkTotals &totals)
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
        if (const qint64 binaries = m_collector.digest().binaries; binaries > 0)
            addGap(Text::tr("%n file(s) in %1 are no text and were not read.", nullptr, static_cast<int>(binaries))
                       .arg(root));
        LogDigest digest = m_collector.take();
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

    // Of sentences with names in them.
    void addGapNaming(const QString &sentence) { addGap(m_names.text(sentence)); }

    // The same bytes go to the rules and to the lines: they are read once.
    Result<void> readText(const QString &name, const ReadBytes &read)
    {
        LogDigest &digest = m_collector.digest();
        NarrowSource source(read);
        const auto form = source.begin();
        if (!form)
            return tl::unexpected(form.error());
        if (form->form == TextForm::Binary) {
            // What file managers leave behind (.DS_Store) is nobody's log.
            digest.binaries += name.section(u'/', -1).startsWith(u'.') ? 0 : 1;
            return {};
        }
        m_collector.begin(name);
        LineFeed lines([this](const LinePiece &piece) { m_collector.add(piece); });
        const ReadBytes shared = [&](char *to, qint64 most) -> Result<qint64> {
            // Little at once: a stop is heard between two readings.
            const auto got =
                isOver() ? Result<size_t>(0) : source.fill(to, std::min(static_cast<size_t>(most), kAtOnce));
            if (!got)
                return tl::unexpected(got.error());
            lines.feed({to, *got});
            digest.bytes += static_cast<qint64>(*got);
            if (m_onProgress)
                m_onProgress(digest.bytes);
            return static_cast<qint64>(*got);
        };
        auto scan = m_scanner.scanStream(shared);
        Result<void> rest;
        const Error *trouble = scan ? scan->trouble() : nullptr;
        if (trouble)
            addGap(unsearchedSentence(name, *trouble));
        if (scan && scan->isCut)
            addGap(Text::tr("%1 holds more keys than are counted: there are at least as many as are said.").arg(name));
        if (trouble || (scan && scan->isCut))
            rest = drain(shared); // the lines go on
        lines.finish();
        m_collector.end(scan ? scan->hits : std::vector<SecretHit>(), lines.lines());
        if (!scan)
            return tl::unexpected(scan.error());
        return rest;
    }

    Result<void> drain(const ReadBytes &read)
    {
        WipedBytes room(kAtOnce, '\0');
        for (;;) {
            const auto got = read(room.data(), static_cast<qint64>(room.size()));
            if (!got)
                return tl::unexpected(got.error());
            if (*got == 0)
                return {};
        }
    }

    Result<void> unpack(const WalkedFile &file, const QString &name)
    {
        if (file.size > m_limits.largestPacked) {
            addGap(Text::tr("%1 was not opened: it is larger than %2 MB as it lies there. Unpack it first.")
                       .arg(name, QString::number(m_limits.largestPacked >> 20)));
            return {};
        }
        WipedBytes packed(static_cast<size_t>(file.size), '\0');
        const auto held = readFully(file.descriptor, packed.data(), file.size);
        if (!held)
            return tl::unexpected(held.error());
        ArchiveLimits limits;
        limits.largestEntry = m_limits.largestUnpacked;
        limits.largestTotal = m_limits.mostBytes;
        const auto onEntry = [this](const ArchiveEntry &entry) {
            qsizetype at = 0;
            const ReadBytes read = [&](char *to, qint64 most) -> Result<qint64> {
                const qint64 some = isOver() ? 0 : std::min<qint64>(most, entry.bytes.size() - at);
                std::memcpy(to, entry.bytes.data() + at, static_cast<size_t>(some));
                at += some;
                return some;
            };
            if (const auto done = readText(m_names.text(entry.path), read); !done)
                addGap(done.error().message);
        };
        const auto report =
            walkArchive({packed.data(), static_cast<qsizetype>(*held)}, name, limits, onEntry, m_context.token);
        if (report) {
            for (const QString &gap : gapSentences(*report, name))
                addGapNaming(gap);
        } else if (report.error().kind != ErrorKind::Cancelled) {
            addGapNaming(report.error().message);
        }
        return {};
    }

    const LogLimits m_limits;
    const std::function<void(qint64)> m_onProgress;
    ProbeContext &m_context;
    const Deadline m_until;
    TextScanner m_scanner;
    ShownNames m_names;
    LogCollector m_collector;
    qint64 m_seen = 0;
    qint64 m_leftOut = 0;
};

Result<LogDigest> digestOfPasted(const Secret &pasted, SourceReader &reader, const ProbeContext &context)
{
    const QString name = pastedName();
    if (const auto read = reader.readPasted(pasted, name); !read)
        return tl::unexpected(read.error());
    if (context.token.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("Reading %1 was stopped.").arg(name));
    LogDigest digest = reader.finish(name, {});
    digest.isPasted = true;
    if (digest.files == 0)
        return failure(ErrorKind::BadInput, Text::tr("What was pasted is no text."));
    return digest;
}

} // namespace

QString LogReading::key() const
{
    return toWord(source.kind) + (pasted ? u" pasted"_s : u':' + source.path);
}

Result<LogDigest> probe(const LogReading &question, ProbeContext &context)
{
    const auto rules = context.observations.ask(CompiledRules{});
    if (!*rules)
        return tl::unexpected(rules->error());
    SettingValues known;
    if (!question.settings.empty()) {
        const auto values = context.observations.ask(KnownValues{question.settings, question.fingerprintKey});
        if (!*values)
            return tl::unexpected(values->error());
        known = **values;
    }
    auto names = ShownNames::make(context.observations);
    if (!names)
        return tl::unexpected(names.error());
    auto scanner = TextScanner::make(**rules, {question.fingerprintKey, context.token, question.startedAt});
    if (!scanner)
        return tl::unexpected(scanner.error());
    const bool isBuildLog = question.source.kind == SourceKind::CiLog;
    SourceReader reader(
        question, context, std::move(*scanner), std::move(*names),
        LogCollector(KnownFinder(std::move(known.values), question.fingerprintKey), question.startedAt, isBuildLog));
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
        return failure(ErrorKind::NotFound, Text::tr("There is no file in %1. Name the folder that the logs are "
                                                     "written to, or a copy of one day's log.")
                                                .arg(root));
    LogDigest digest = reader.finish(root, *walked);
    digest.gaps += known.gaps;
    return digest;
}

} // namespace cockpit
