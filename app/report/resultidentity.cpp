#include "app/report/resultidentity.h"

#include "checks/secrets/leakhistory.h"

#include <QCryptographicHash>

namespace cockpit {

using namespace Qt::StringLiterals;

ResultIdentity ResultIdentities::next(const ReportedSecret &secret)
{
    const FoundSecret &main = secret.main();
    if (!main.hit.identity.isEmpty())
        return {"secretValue/v1"_L1, main.hit.identity};
    const auto place = std::pair(main.hit.rule->id, shownPlace(main));
    const int before = m_before[place]++;
    // A NUL stands in no id and in no shown name.
    const QByteArray identity = place.first.toUtf8() + '\0' + place.second.toUtf8() + '\0' + QByteArray::number(before);
    return {"rulePlaceAndOrder/v1"_L1, QCryptographicHash::hash(identity, QCryptographicHash::Sha256).toHex()};
}

} // namespace cockpit
