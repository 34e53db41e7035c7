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

using namespace Qt::StringLiterals;

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

const QString kKeywords = u"keywords"_s;

// A digest of all that a database depends on.
class Identity
{
public:
    Identity()
    {
        hs_platform_info_t platform{};
        hs_populate_platform(&platform);
        add(hs_version());
        add(QByteArray::number(platform.tune) + '.' + QByteArray::number(platform.cpu_features));
    }
    void add(QByteArrayView part)
    {
        const QByteArray length = QByteArray::number(part.size());
        m_hash.addData(length);
        m_hash.addData(QByteArrayView(":"));
        m_hash.addData(part);
    }
    QByteArray result() const { return m_hash.result(); }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

// Empty where there is no memory for it.
QByteArray bytesOf(const hs_database *database)
{
    char *bytes = nullptr;
    size_t length = 0;
    if (!database || hs_serialize_database(database, &bytes, &length) != HS_SUCCESS)
        return {};
    QByteArray written(bytes, static_cast<qsizetype>(length));
    free(bytes); // NOLINT(cppcoreguidelines-no-malloc): Hyperscan's allocator is malloc() unless told otherwise
    return written;
}

bool read(const QByteArray &bytes, hs_database *&database)
{
    return hs_deserialize_database(bytes.constData(), static_cast<size_t>(bytes.size()), &database) == HS_SUCCESS;
}

} // namespace

Result<void> PatternSet::makeDatabases(const PatternKeeping &keeping, const CancelToken &cancel,
                                       const std::function<void()> &onDatabase)
{
    if (auto made = makeKeywords(keeping); !made)
        return made;
    if (auto made = makeGroups(keeping, cancel, onDatabase); !made)
        return made;
    m_wasKept = m_wasKept && std::ranges::all_of(m_groups, &Group::wasKept);
    return {};
}

Result<void> PatternSet::makeKeywords(const PatternKeeping &keeping)
{
    const QByteArray identity = identityOfKeywords();
    const auto kept = readKept(keeping, kKeywords, identity);
    m_wasKept = m_words.empty() || (kept && read(kept->database, m_keywords));
    if (m_wasKept)
        return {};
    auto compiled = compileKeywords();
    if (const QByteArray bytes = bytesOf(m_keywords); compiled && !bytes.isEmpty())
        keepCompiled(keeping, kKeywords, identity, {bytes, {}});
    return compiled;
}

QByteArray PatternSet::identityOfKeywords() const
{
    Identity identity;
    for (const QByteArray &word : m_words)
        identity.add(word);
    return identity.result();
}

std::span<const LeakRule> PatternSet::rulesOf(size_t group) const
{
    const size_t from = group * kRulesInDatabase;
    return std::span(m_rules).subspan(from, std::min(kRulesInDatabase, m_rules.size() - from));
}

QByteArray PatternSet::identityOf(size_t group) const
{
    Identity identity;
    identity.add(QByteArray::number(group * kRulesInDatabase)); // rules are reported by their number
    for (const LeakRule &rule : rulesOf(group)) {
        identity.add(rule.pattern);
        identity.add(searchedOf(rule));
        identity.add(rule.isCaseless ? QByteArrayView("i") : QByteArrayView());
    }
    return identity.result();
}

bool PatternSet::takeGroup(size_t group, const CompiledPatterns &kept)
{
    const auto rules = static_cast<qsizetype>(rulesOf(group).size());
    if (kept.widths.size() != rules || !read(kept.database, m_groups[group].patterns))
        return false;
    for (qsizetype rule = 0; rule < rules; ++rule)
        m_compiled[group * kRulesInDatabase + static_cast<size_t>(rule)].width = kept.widths[rule];
    return true;
}

void PatternSet::keepGroup(size_t group, const PatternKeeping &keeping) const
{
    if (keeping.folder.isEmpty())
        return;
    CompiledPatterns compiled{bytesOf(m_groups[group].patterns), {}};
    for (size_t rule = 0; rule < rulesOf(group).size(); ++rule)
        compiled.widths.append(m_compiled[group * kRulesInDatabase + rule].width);
    if (!compiled.database.isEmpty())
        keepCompiled(keeping, QString::number(group), identityOf(group), compiled);
}

Result<void> PatternSet::makeGroup(size_t group, const PatternKeeping &keeping, const std::function<void()> &onDatabase)
{
    const auto kept = readKept(keeping, QString::number(group), identityOf(group));
    m_groups[group].wasKept = kept && takeGroup(group, *kept);
    if (m_groups[group].wasKept)
        return {};
    if (onDatabase)
        onDatabase();
    auto compiled = compileGroup(group);
    if (compiled)
        keepGroup(group, keeping);
    return compiled;
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
Result<void> PatternSet::makeGroups(const PatternKeeping &keeping, const CancelToken &cancel,
                                    const std::function<void()> &onDatabase)
{
    std::vector<Result<void>> results(m_groups.size());
    std::atomic<size_t> next{0};
    const auto work = [&] {
        for (size_t group = next++; group < m_groups.size() && !cancel.isCancelled(); group = next++)
            results[group] = makeGroup(group, keeping, onDatabase);
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
    for (const LeakRule &rule : rulesOf(group)) {
        const size_t number = group * kRulesInDatabase + patterns.size();
        const auto usable = usableFlags(rule, m_compiled[number].width);
        if (!usable)
            return tl::unexpected(usable.error());
        patterns.push_back(searchedOf(rule).constData());
        flags.push_back(*usable);
        numbers.push_back(static_cast<unsigned>(number));
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
