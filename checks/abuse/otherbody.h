// The same body written in another way: what counts tries may read one of them alone. Pure.
#pragma once

#include <QByteArray>

#include <optional>

namespace cockpit {

struct OtherBody
{
    QByteArray contentType;
    QByteArray body;

    bool operator==(const OtherBody &) const = default;
};

// A flat JSON object as a form, a form as a JSON object of texts. Nothing for other bodies.
std::optional<OtherBody> inOtherForm(const QByteArray &contentType, const QByteArray &body);

} // namespace cockpit
