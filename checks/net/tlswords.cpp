#include "checks/net/tlsprobe.h"

namespace cockpit {

using namespace Qt::StringLiterals;

QString toWord(ChainStatus status)
{
    switch (status) {
    case ChainStatus::Trusted:
        return u"trusted"_s;
    case ChainStatus::Expired:
        return u"expired"_s;
    case ChainStatus::NotYetValid:
        return u"not_yet_valid"_s;
    case ChainStatus::SelfSigned:
        return u"self_signed"_s;
    case ChainStatus::UntrustedRoot:
    case ChainStatus::Unusable:
        return u"untrusted_root"_s;
    case ChainStatus::Incomplete:
        return u"incomplete"_s;
    case ChainStatus::WrongOrder:
        return u"wrong_order"_s;
    case ChainStatus::Revoked:
        return u"revoked"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(TlsVersion version)
{
    switch (version) {
    case TlsVersion::Ssl3:
        return u"SSL 3"_s;
    case TlsVersion::Tls10:
        return u"TLS 1.0"_s;
    case TlsVersion::Tls11:
        return u"TLS 1.1"_s;
    case TlsVersion::Tls12:
        return u"TLS 1.2"_s;
    case TlsVersion::Tls13:
        return u"TLS 1.3"_s;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
