// What Hyperscan compiles of the rules, and what is kept of it.
#include "checks/secrets/patternset.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <utility>

#include <hs/hs.h>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakRules)
};

struct FreeError
{
    void operator()(hs_compile_error_t *error) const { hs_free_compile_error(error); }
};
using CompileError = std::unique_ptr<hs_compile_error_t, FreeError>;

unsigned flagsOf(const LeakRule &rule)
{
    return rule.isCaseless ? HS_FLAG_CASELESS : 0U;
}

// The flags with which Hyperscan takes the pattern: as it is, or as a prefilter that finds a little more.
Result<unsigned> usableFlags(const LeakRule &rule, unsigned &width)
{
    for (const unsigned flags : {flagsOf(rule), flagsOf(rule) | HS_FLAG_PREFILTER}) {
        hs_expr_info_t *info = nullptr;
        hs_compile_error_t *error = nullptr;
        if (hs_expression_info(searchedOf(rule).constData(), flags, &info, &error) == HS_SUCCESS) {
            width = info->max_width; // UINT_MAX: without end
            const bool isEmptyMatch = info->min_width == 0;
            free(info); // NOLINT(cppcoreguidelines-no-malloc): Hyperscan's allocator is malloc() unless told otherwise
            if (isEmptyMatch)
                return failure(ErrorKind::BadInput,
                               Text::tr("The pattern of rule \"%1\" matches an empty text.").arg(rule.id));
            return flags;
        }
        const CompileError freed(error);
        if ((flags & HS_FLAG_PREFILTER) != 0)
            return failure(ErrorKind::BadInput,
                           Text::tr("The pattern of rule \"%1\" cannot be searched for.").arg(rule.id),
                           error ? QString::fromLatin1(error->message) : QString());
    }
    Q_UNREACHABLE();
}

} // namespace

Result<void> PatternSet::compileDatabases(const PatternKeeping &keeping, const CancelToken &cancel,
                                          const std::function<void()> &onDatabase)
{
    const QByteArray its = identity();
    if (const auto kept = readKept(keeping, its); kept && takeKept(*kept))
        return {};
    if (auto compiled = compileKeywords(); !compiled)
        return compiled;
    if (auto compiled = compilePatterns(cancel, onDatabase); !compiled)
        return compiled;
    keep(keeping, its);
    return {};
}

// All that a database depends on.
QByteArray PatternSet::identity() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](QByteArrayView part) {
        const QByteArray length = QByteArray::number(part.size());
        hash.addData(length);
        hash.addData(QByteArrayView(":"));
        hash.addData(part);
    };
    hs_platform_info_t platform{};
    hs_populate_platform(&platform);
    add(hs_version());
    add(QByteArray::number(kRulesInDatabase));
    add(QByteArray::number(platform.tune) + '.' + QByteArray::number(platform.cpu_features));
    for (const LeakRule &rule : m_rules) {
        add(rule.pattern);
        add(searchedOf(rule));
        add(rule.isCaseless ? QByteArrayView("i") : QByteArrayView());
    }
    for (const QByteArray &word : m_words)
        add(word);
    return hash.result();
}

bool PatternSet::takeKept(const CompiledPatterns &kept)
{
    const auto read = [](const QByteArray &bytes, hs_database *&database) {
        return hs_deserialize_database(bytes.constData(), static_cast<size_t>(bytes.size()), &database) == HS_SUCCESS;
    };
    m_wasKept = static_cast<size_t>(kept.widths.size()) == m_compiled.size() &&
                static_cast<size_t>(kept.patterns.size()) == m_groups.size() &&
                kept.keywords.isEmpty() == m_words.empty();
    for (qsizetype group = 0; m_wasKept && group < kept.patterns.size(); ++group)
        m_wasKept = read(kept.patterns[group], m_groups[static_cast<size_t>(group)].patterns);
    m_wasKept = m_wasKept && (m_words.empty() || read(kept.keywords, m_keywords));
    if (!m_wasKept) {
        for (Group &group : m_groups)
            hs_free_database(std::exchange(group.patterns, nullptr));
        return false;
    }
    for (size_t rule = 0; rule < m_compiled.size(); ++rule)
        m_compiled[rule].width = kept.widths[static_cast<qsizetype>(rule)];
    return true;
}

void PatternSet::keep(const PatternKeeping &keeping, const QByteArray &identity) const
{
    if (keeping.folder.isEmpty())
        return;
    const auto write = [](const hs_database *database) {
        char *bytes = nullptr;
        size_t length = 0;
        if (!database || hs_serialize_database(database, &bytes, &length) != HS_SUCCESS)
            return QByteArray();
        QByteArray written(bytes, static_cast<qsizetype>(length));
        free(bytes); // NOLINT(cppcoreguidelines-no-malloc): Hyperscan's allocator is malloc() unless told otherwise
        return written;
    };
    CompiledPatterns compiled{{}, write(m_keywords), {}};
    for (const Group &group : m_groups)
        compiled.patterns.append(write(group.patterns));
    for (const Compiled &rule : m_compiled)
        compiled.widths.append(rule.width);
    if (!compiled.patterns.contains(QByteArray()))
        keepCompiled(keeping, identity, compiled);
}

Result<void> PatternSet::compileKeywords()
{
    if (m_words.empty())
        return {};
    std::vector<const char *> words;
    std::vector<size_t> lengths;
    std::vector<unsigned> numbers;
    for (const QByteArray &word : m_words) {
        numbers.push_back(static_cast<unsigned>(words.size()));
        words.push_back(word.constData());
        lengths.push_back(static_cast<size_t>(word.size()));
    }
    const std::vector<unsigned> flags(words.size(), HS_FLAG_CASELESS);
    hs_compile_error_t *error = nullptr;
    if (hs_compile_lit_multi(words.data(), flags.data(), numbers.data(), lengths.data(),
                             static_cast<unsigned>(words.size()), HS_MODE_BLOCK, nullptr, &m_keywords,
                             &error) == HS_SUCCESS)
        return {};
    const CompileError freed(error);
    return failure(ErrorKind::BadInput, Text::tr("The keywords of the rules for secrets cannot be searched for."),
                   error ? QString::fromLatin1(error->message) : QString());
}

// Side by side, and each by itself: a stop is heard between two.
Result<void> PatternSet::compilePatterns(const CancelToken &cancel, const std::function<void()> &onDatabase)
{
    std::vector<Result<void>> results(m_groups.size());
    std::atomic<size_t> next{0};
    const auto work = [&] {
        for (size_t group = next++; group < m_groups.size() && !cancel.isCancelled(); group = next++) {
            if (onDatabase)
                onDatabase();
            results[group] = compileGroup(group);
        }
    };
    const size_t threads = std::min<size_t>(std::max(1U, std::thread::hardware_concurrency()), m_groups.size());
    std::vector<std::thread> others;
    others.reserve(threads);
    try {
        for (size_t more = 1; more < threads; ++more)
            others.emplace_back(work);
    } catch (const std::system_error &) {
        // Fewer threads take longer, nothing else.
    }
    work();
    for (std::thread &thread : others)
        thread.join();
    if (cancel.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("The search for secrets was stopped."));
    const auto failed = std::ranges::find_if(results, [](const Result<void> &result) { return !result.has_value(); });
    return failed == results.end() ? Result<void>() : *failed;
}

Result<void> PatternSet::compileGroup(size_t group)
{
    std::vector<const char *> patterns;
    std::vector<unsigned> flags;
    std::vector<unsigned> numbers;
    const size_t end = std::min(m_rules.size(), (group + 1) * kRulesInDatabase);
    for (size_t rule = group * kRulesInDatabase; rule < end; ++rule) {
        const auto usable = usableFlags(m_rules[rule], m_compiled[rule].width);
        if (!usable)
            return tl::unexpected(usable.error());
        patterns.push_back(searchedOf(m_rules[rule]).constData());
        flags.push_back(*usable);
        numbers.push_back(static_cast<unsigned>(rule));
    }
    hs_compile_error_t *error = nullptr;
    if (hs_compile_multi(patterns.data(), flags.data(), numbers.data(), static_cast<unsigned>(patterns.size()),
                         HS_MODE_BLOCK, nullptr, &m_groups[group].patterns, &error) == HS_SUCCESS)
        return {};
    const CompileError freed(error);
    const bool isOfRule = error && error->expression >= 0;
    const QString rule =
        isOfRule ? m_rules[group * kRulesInDatabase + static_cast<size_t>(error->expression)].id : QString();
    return failure(ErrorKind::BadInput, Text::tr("The pattern of rule \"%1\" cannot be searched for.").arg(rule),
                   error ? QString::fromLatin1(error->message) : QString());
}

} // namespace cockpit
