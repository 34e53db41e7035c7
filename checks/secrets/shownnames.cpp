#include "checks/secrets/shownnames.h"

#include "checks/secrets/compiledrules.h"
#include "checks/secrets/maskednames.h"

namespace cockpit {

Result<ShownNames> ShownNames::make(Observations &seen)
{
    const auto rules = seen.ask(CompiledRules{});
    if (!*rules)
        return tl::unexpected(rules->error());
    auto scanner = TextScanner::make(**rules, {.key = {}, .token = CancelToken()});
    if (!scanner)
        return tl::unexpected(scanner.error());
    return ShownNames(std::move(*scanner));
}

QString ShownNames::text(const QString &text)
{
    const QByteArray name = text.toUtf8();
    const std::string_view only(name.constData(), static_cast<size_t>(name.size()));
    std::vector<SecretHit> hits;
    const auto looked =
        m_scanner.scanNames({&only, 1}, [&hits](size_t, TextScan &scan) { hits = std::move(scan.hits); });
    if (!looked)
        return maskedSecret({});
    return hits.empty() ? text : QString::fromUtf8(maskedBy(hits, name));
}

} // namespace cockpit
