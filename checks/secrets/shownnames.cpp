#include "checks/secrets/shownnames.h"

#include "checks/secrets/compiledrules.h"

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
    m_scanner.scanNames({&only, 1}, [&hits](size_t, TextScan &scan) { hits = std::move(scan.hits); });
    QByteArray shown;
    qsizetype from = 0;
    for (const SecretHit &hit : hits) {
        if (hit.kind == LeakKind::PublicByDesign || hit.offset < from)
            continue;
        shown += name.sliced(from, hit.offset - from) + hit.masked.toUtf8();
        from = hit.offset + hit.length;
    }
    return from == 0 ? text : QString::fromUtf8(shown + name.sliced(from));
}

} // namespace cockpit
