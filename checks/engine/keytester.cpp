#include "checks/engine/keytester.h"

namespace cockpit {

using namespace Qt::StringLiterals;

QString toWord(KeyStanding value)
{
    switch (value) {
    case KeyStanding::Live:
        return u"live"_s;
    case KeyStanding::Dead:
        return u"dead"_s;
    case KeyStanding::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

std::optional<KeyStanding> keyStandingFromWord(QStringView word)
{
    for (const auto standing : {KeyStanding::Live, KeyStanding::Dead, KeyStanding::Unknown}) {
        if (word == toWord(standing))
            return standing;
    }
    return std::nullopt;
}

} // namespace cockpit
