#include "app/report/resultidentity.h"

#include "checks/secrets/leakhistory.h"

#include <QCryptographicHash>

namespace cockpit {

QByteArray ResultIdentities::next(const ReportedSecret &secret)
{
    const FoundSecret &main = secret.main();
    const auto place = std::pair(main.hit.rule->id, shownPlace(main));
    const int before = m_before[place]++;
    // A NUL stands in no id and in no shown name.
    const QByteArray identity = place.first.toUtf8() + '\0' + place.second.toUtf8() + '\0' + QByteArray::number(before);
    return QCryptographicHash::hash(identity, QCryptographicHash::Sha256).toHex();
}

} // namespace cockpit
