#include "checks/secrets/patterngroup.h"

#include "checks/secrets/patternidentity.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

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

struct Usable
{
    unsigned flags = 0;
    unsigned width = 0;
};

// The flags with which Hyperscan takes the pattern: as it is, or as a prefilter that finds a little more.
Result<Usable> usable(const LeakRule &rule)
{
    const unsigned itsOwn = rule.isCaseless ? HS_FLAG_CASELESS : 0U;
    for (const unsigned flags : {itsOwn, itsOwn | HS_FLAG_PREFILTER}) {
        hs_expr_info_t *info = nullptr;
        hs_compile_error_t *error = nullptr;
        if (hs_expression_info(searchedOf(rule).constData(), flags, &info, &error) == HS_SUCCESS) {
            const Usable found{flags, info->max_width}; // UINT_MAX: without end
            const bool isEmptyMatch = info->min_width == 0;
            std::free(info); // NOLINT(cppcoreguidelines-no-malloc): as Hyperscan allocates
            if (isEmptyMatch)
                return failure(ErrorKind::BadInput,
                               Text::tr("The pattern of rule \"%1\" matches an empty text.").arg(rule.id));
            return found;
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

Result<unsigned> widthOf(const LeakRule &rule)
{
    return usable(rule).map([](const Usable &found) { return found.width; });
}

PatternGroup::PatternGroup(std::span<const LeakRule> rules, size_t number, size_t first)
    : m_rules(rules),
      m_number(number),
      m_first(first),
      m_isAlwaysOn(std::ranges::any_of(rules, [](const LeakRule &rule) { return rule.keywords.empty(); }))
{
}

PatternGroup::~PatternGroup()
{
    hs_free_database(m_database);
}

Result<void> PatternGroup::make(Wait wait, const PatternKeeping &keeping, const OnDatabase &onCompile) const
{
    std::unique_lock lock(m_making, std::defer_lock);
    if (wait == Wait::Yes)
        lock.lock();
    else if (!lock.try_lock())
        return {};
    if (database())
        return {};
    const QString name = QString::number(m_number);
    const QByteArray itsIdentity = identity();
    hs_database *made = nullptr;
    if (const auto kept = readKept(keeping, name, itsIdentity); kept && readDatabase(kept->database, made)) {
        m_database.store(made, std::memory_order_release);
        return {};
    }
    if (auto allowed = onCompile ? onCompile() : Result<void>(); !allowed)
        return allowed;
    const auto fresh = compiled();
    if (!fresh)
        return tl::unexpected(fresh.error());
    if (const QByteArray bytes = keeping.folder.isEmpty() ? QByteArray() : bytesOf(*fresh); !bytes.isEmpty())
        keepCompiled(keeping, name, itsIdentity, {bytes, {}});
    m_database.store(*fresh, std::memory_order_release);
    return {};
}

QByteArray PatternGroup::identity() const
{
    PatternIdentity identity;
    identity.add(QByteArray::number(m_first)); // rules are reported by their number
    for (const LeakRule &rule : m_rules) {
        identity.add(rule.pattern);
        identity.add(searchedOf(rule));
        identity.add(rule.isCaseless ? QByteArrayView("i") : QByteArrayView());
    }
    return identity.result();
}

Result<hs_database *> PatternGroup::compiled() const
{
    std::vector<const char *> patterns;
    std::vector<unsigned> flags;
    std::vector<unsigned> numbers;
    for (const LeakRule &rule : m_rules) {
        const auto found = usable(rule);
        if (!found)
            return tl::unexpected(found.error());
        numbers.push_back(static_cast<unsigned>(m_first + patterns.size()));
        patterns.push_back(searchedOf(rule).constData());
        flags.push_back(found->flags);
    }
    hs_database *made = nullptr;
    hs_compile_error_t *error = nullptr;
    if (hs_compile_multi(patterns.data(), flags.data(), numbers.data(), static_cast<unsigned>(patterns.size()),
                         HS_MODE_BLOCK, nullptr, &made, &error) == HS_SUCCESS)
        return made;
    const CompileError freed(error);
    const bool isOfRule = error && error->expression >= 0;
    const QString rule = isOfRule ? m_rules[static_cast<size_t>(error->expression)].id : QString();
    return failure(ErrorKind::BadInput, Text::tr("The pattern of rule \"%1\" cannot be searched for.").arg(rule),
                   error ? QString::fromLatin1(error->message) : QString());
}

} // namespace cockpit
