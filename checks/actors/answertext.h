// The texts of an answer in every spelling in which a marker can stand there.
#pragma once

#include "checks/actors/manytexts.h"
#include "checks/net/httpclient.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

class AnswerText
{
public:
    // Body and Location: as they are, with JSON's and HTML's escapes undone, and percent-decoded.
    static AnswerText of(const HttpResponse &answer);
    static AnswerText ofBytes(const QByteArray &bytes);

    // As a whole: "ann@acme.test" does not stand in "joann@acme.test", nor "inv-1" in "inv-12". Letters of addresses
    // are compared without case.
    bool holds(const QString &text) const;
    // Of each text whether holds() is true, in one pass over the answer.
    std::vector<bool> held(const ManyTexts &texts) const;
    // Anywhere, as a part too: what was sent and comes back cut or put together.
    bool repeats(const QString &text) const;

private:
    QStringList m_spellings;
};

// "&amp;" and "&#64;" as what they stand for: the named ones that escape HTML, and all numbered ones.
QString withoutEntities(const QString &html);

} // namespace cockpit
