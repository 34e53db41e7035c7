#include "checks/web/loginform.h"

#include <gumbo.h>

#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <vector>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// In lower case; empty without one.
QString attribute(const GumboElement &element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element.attributes, name);
    return found ? QString::fromUtf8(found->value).trimmed().toLower() : QString();
}

// The fields of a form, as far as they tell what it is for.
struct Fields
{
    int passwords = 0;
    int newPasswords = 0; // to be chosen (HTML, 4.10.18.7.1: autocomplete)
    int others = 0;       // for words: not boxes, buttons and what nobody sees
};

bool isWordsType(const QString &type)
{
    static const QStringList types{QString(), u"text"_s, u"email"_s, u"tel"_s, u"number"_s, u"date"_s, u"url"_s};
    return types.contains(type);
}

// A search and a newsletter stand beside a login, and in no form of their own where a script sends them.
bool isForOther(const GumboElement &element)
{
    static const QRegularExpression separator(u"[^a-z]+"_s);
    static const QStringList names{u"q"_s, u"query"_s, u"search"_s, u"newsletter"_s, u"subscribe"_s};
    const QString all = attribute(element, "name") + u' ' + attribute(element, "id") + u' ' +
                        attribute(element, "role") + u' ' + attribute(element, "class");
    const QStringList parts = all.split(separator, Qt::SkipEmptyParts);
    return std::ranges::any_of(parts, [&](const QString &part) { return names.contains(part); });
}

// What somebody is to be: who fills in such a list makes a user.
bool isOfNewUser(const GumboElement &element)
{
    static const QRegularExpression separator(u"[^a-z]+"_s);
    static const QStringList names{u"role"_s,       u"roles"_s,       u"group"_s, u"groups"_s,
                                   u"team"_s,       u"teams"_s,       u"plan"_s,  u"status"_s,
                                   u"permission"_s, u"permissions"_s, u"level"_s, u"department"_s};
    const QStringList parts =
        (attribute(element, "name") + u' ' + attribute(element, "id")).split(separator, Qt::SkipEmptyParts);
    return std::ranges::any_of(parts, [&](const QString &part) { return names.contains(part); });
}

// Other lists to choose from are left out: a login offers languages and servers, and asks for nothing by them.
void countField(Fields &fields, const GumboElement &element)
{
    const bool isInput = element.tag == GUMBO_TAG_INPUT;
    const QString type = attribute(element, "type");
    if (isInput && type == "password"_L1)
        ++(attribute(element, "autocomplete") == "new-password"_L1 ? fields.newPasswords : fields.passwords);
    else if (element.tag == GUMBO_TAG_TEXTAREA || (element.tag == GUMBO_TAG_SELECT && isOfNewUser(element)) ||
             (isInput && isWordsType(type) && !isForOther(element)))
        ++fields.others;
}

// Who one is, perhaps for which company, and the password.
bool isForLogin(const Fields &fields)
{
    constexpr int kMostOthers = 2;
    return fields.passwords == 1 && fields.newPasswords == 0 && fields.others <= kMostOthers;
}

// An element, and the form that it stands in.
struct Place
{
    const GumboElement *element = nullptr;
    size_t form = 0;
};

} // namespace

bool hasLoginForm(const GumboInternalNode &root)
{
    if (root.type != GUMBO_NODE_ELEMENT)
        return false;
    std::vector<Fields> forms(1); // the first: fields in no form, whose words a script sends
    std::vector<Place> todo{{&root.v.element, 0}};
    while (!todo.empty()) {
        Place place = todo.back();
        todo.pop_back();
        const GumboElement &element = *place.element;
        if (element.tag == GUMBO_TAG_FORM) {
            place.form = forms.size();
            forms.emplace_back();
        }
        countField(forms[place.form], element);
        for (unsigned i = 0; i < element.children.length; ++i) {
            const auto *child = static_cast<const GumboNode *>(element.children.data[i]);
            if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE)
                todo.push_back({&child->v.element, place.form});
        }
    }
    return std::ranges::any_of(forms, isForLogin);
}

} // namespace cockpit
