#include "checks/secrets/patternset.h"

#include "checks/secrets/patterngroup.h"
#include "checks/secrets/patternliterals.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <utility>

#include <hs/hs.h>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakRules)
};

// A match that has no end is searched for this far behind its keyword: "BEGIN PRIVATE KEY" stands four kilobytes before
// the end that a pattern may want.
constexpr size_t kBehindKeyword = 4096;
// What stands at the edge of a match decides, too (\b).
constexpr size_t kEdge = 2;

} // namespace

PatternSet::~PatternSet()
{
    hs_free_database(m_keywords);
}

Result<std::shared_ptr<const PatternSet>> PatternSet::compile(std::vector<LeakRule> rules,
                                                              const PatternKeeping &keeping, const CancelToken &cancel,
                                                              const OnDatabase &onDatabase)
{
    if (hs_valid_platform() != HS_SUCCESS)
        return failure(ErrorKind::Unsupported,
                       Text::tr("This processor is too old for the search for secrets: it needs SSSE3, which PC "
                                "processors have had since 2006."));
    if (rules.empty())
        return failure(ErrorKind::BadInput, Text::tr("There are no rules for secrets."));
    const std::shared_ptr<PatternSet> set(new PatternSet);
    set->m_rules = std::move(rules);
    for (const LeakRule &rule : set->m_rules) {
        if (cancel.isCancelled())
            return failure(ErrorKind::Cancelled, Text::tr("The search for secrets was stopped."));
        if (auto compiled = set->compileRule(rule); !compiled)
            return tl::unexpected(compiled.error());
    }
    if (auto numbered = set->numberKeywords(); !numbered)
        return tl::unexpected(numbered.error());
    set->m_keeping = keeping;
    set->m_onDatabase = onDatabase;
    if (auto made = set->makeKeywords(); !made)
        return tl::unexpected(made.error());
    set->measureReaches();
    set->makeGroups();
    return set;
}

// A keyword is followed by what its rules' databases need of the text around it.
void PatternSet::measureReaches()
{
    m_reaches.resize(m_words.size());
    for (size_t rule = 0; rule < m_rules.size(); ++rule) {
        const size_t width = m_compiled[rule].width;
        const bool isLong = width > kWindow;
        const bool isInside = alwaysHolds(searchedOf(m_rules[rule]), m_rules[rule].keywords);
        const size_t farthest = (isInside ? 0 : kWindow) + kEdge;
        const Reach its{rule / kRulesInDatabase, farthest + (isLong ? kWindow : width),
                        farthest + (isLong ? kBehindKeyword : width)};
        for (const unsigned keyword : m_compiled[rule].keywords) {
            auto &reaches = m_reaches[keyword];
            if (reaches.empty() || reaches.back().group != its.group) // rules come in the order of their groups
                reaches.push_back(its);
            Reach &reach = reaches.back();
            reach.before = std::max(reach.before, its.before);
            reach.behind = std::max(reach.behind, its.behind);
        }
    }
}

Result<void> PatternSet::compileRule(const LeakRule &rule)
{
    using enum ByteRegex::Case;
    Compiled compiled;
    auto pattern = ByteRegex::compile(rule.pattern, rule.isCaseless ? Insensitive : Sensitive);
    auto near = ByteRegex::compile(rule.near, Insensitive);
    for (const auto *part : {&pattern, &near}) {
        if (!*part)
            return failure(ErrorKind::BadInput,
                           Text::tr("Rule \"%1\" for secrets: %2").arg(rule.id, part->error().message),
                           part->error().detail);
    }
    compiled.pattern = std::move(*pattern);
    compiled.near = std::move(*near);
    compiled.hasNear = !rule.near.isEmpty();
    m_compiled.push_back(std::move(compiled));
    return {};
}

void PatternSet::makeGroups()
{
    for (size_t first = 0; first < m_rules.size(); first += kRulesInDatabase) {
        const auto rules = std::span(m_rules).subspan(first, std::min(kRulesInDatabase, m_rules.size() - first));
        m_groups.push_back(std::make_unique<const PatternGroup>(rules, m_groups.size(), first));
    }
}

Result<void> PatternSet::numberKeywords()
{
    QHash<QByteArray, unsigned> ids;
    for (size_t rule = 0; rule < m_rules.size(); ++rule) {
        for (const QByteArray &keyword : m_rules[rule].keywords) {
            if (keyword.isEmpty())
                return failure(ErrorKind::BadInput,
                               Text::tr("Rule \"%1\" for secrets has an empty keyword.").arg(m_rules[rule].id));
            const auto next = static_cast<unsigned>(m_words.size());
            const unsigned id = ids.value(keyword, next);
            if (id == next) {
                ids.insert(keyword, id);
                m_words.push_back(keyword);
            }
            m_compiled[rule].keywords.push_back(id);
        }
    }
    return {};
}

} // namespace cockpit
