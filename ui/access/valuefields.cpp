#include "ui/access/valuefields.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/dialogparts.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

ValueFields::ValueFields(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::kTiny);
}

void ValueFields::setStored(bool isStored)
{
    m_isStored = isStored;
    rebuild();
}

void ValueFields::setRecorded(const HoleValues &values)
{
    m_recorded = values;
    rebuild();
}

void ValueFields::askFor(const SignIn &signIn)
{
    const QStringList holes = valueHolesOf(signIn);
    if (holes == m_holes && signIn.kind == m_kind)
        return;
    m_holes = holes;
    m_kind = signIn.kind;
    rebuild();
}

QString ValueFields::nameOf(const QString &hole) const
{
    if (hole != "password"_L1)
        return tr("Value for {{%1}}").arg(hole);
    switch (m_kind) {
    case SignInKind::Form:
    case SignInKind::Json:
    case SignInKind::OAuthPassword:
        return tr("Password");
    case SignInKind::OAuthClient:
        return tr("Client secret");
    case SignInKind::Cookie:
        return tr("Value of the Cookie header");
    case SignInKind::BearerToken:
        return tr("Token");
    case SignInKind::ApiKey:
        return tr("API key");
    case SignInKind::SigningKey:
        return tr("Signing key");
    }
    Q_UNREACHABLE();
}

void ValueFields::rebuild()
{
    std::map<QString, QString> typed; // stays while the fields around it change
    for (const Field &field : m_fields)
        typed[field.hole] = field.edit->text();
    m_fields.clear();
    while (QLayoutItem *item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &hole : m_holes) {
        auto *edit = new QLineEdit(typed[hole]);
        edit->setEchoMode(QLineEdit::Password);
        edit->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
        if (m_recorded.contains(hole))
            edit->setPlaceholderText(tr("As recorded"));
        else if (m_isStored)
            edit->setPlaceholderText(tr("Stored. Leave it empty to keep it."));
        addField(m_column, nameOf(hole), edit, "value-"_L1 + hole);
        m_fields.push_back({hole, edit});
    }
}

bool ValueFields::hasValue(const Field &field) const
{
    return !field.edit->text().isEmpty() || m_recorded.contains(field.hole);
}

QString ValueFields::missing() const
{
    const auto given = std::ranges::count_if(m_fields, [this](const Field &field) { return hasValue(field); });
    if (given == 0 && m_isStored)
        return {};
    const auto empty = std::ranges::find_if(m_fields, [this](const Field &field) { return !hasValue(field); });
    if (empty == m_fields.end())
        return {};
    return given == 0 ? tr("Type what it signs in with: %1.").arg(nameOf(empty->hole))
                      : tr("They are stored together, so type this one as well: %1.").arg(nameOf(empty->hole));
}

Secret ValueFields::takeEntry()
{
    HoleValues values;
    for (const Field &field : m_fields) {
        if (!field.edit->text().isEmpty())
            values[field.hole] = Secret(field.edit->text().toUtf8());
        else if (m_recorded.contains(field.hole))
            values[field.hole] = m_recorded[field.hole];
        field.edit->clear();
    }
    return values.empty() ? Secret() : keychainValueOf(values);
}

QStringList valueHolesOf(const SignIn &signIn)
{
    QStringList texts{signIn.url};
    if (asksToSignIn(signIn.kind))
        texts << bodyTemplateOf(signIn);
    for (const auto &[name, value] : signIn.headers)
        texts << value;
    QStringList holes;
    if (!asksToSignIn(signIn.kind)) // what they bring is the value itself
        holes << u"password"_s;
    for (const QString &hole : holesIn(texts.join(u'\n'))) {
        const bool isOther = hole == "user"_L1 || hole == "csrf"_L1 || hole == "client_id"_L1;
        if (!isOther && !holes.contains(hole))
            holes << hole;
    }
    return holes;
}

} // namespace cockpit
