// Where the tags of a document begin and end, by the states of the HTML standard's tokenizer (section 13.2.5).
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace cockpit {

struct HtmlTag
{
    enum class Kind { Start, End, Other, None }; // Other: comment, doctype, or what is taken for one
    Kind kind = Kind::None;
    QByteArray name; // lower case
    bool closesItself = false;
    bool isCdata = false; // "<![CDATA[": its end depends on where it stands
    qsizetype begin = 0;
    qsizetype end = 0; // behind it

    bool operator==(const HtmlTag &) const = default;
};

// The next one at or behind `from`; Kind::None at the end of the document.
HtmlTag nextTag(QByteArrayView html, qsizetype from);

// Where the text of an element that holds text alone ends: at its end tag, or with the document.
qsizetype endOfRawText(QByteArrayView html, const QByteArray &name, qsizetype from);

} // namespace cockpit
