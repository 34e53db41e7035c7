#include "ui/credentials/credentialmodel.h"

#include "models/credentialkind.h"
#include "ui/widgets/tooltips.h"

#include <QLocale>

#include <algorithm>

namespace cockpit {

namespace {

QString dateText(const QDateTime &at)
{
    return at.isValid() ? QLocale().toString(at.toLocalTime(), QLocale::ShortFormat) : CredentialModel::tr("never");
}

QString textOf(const Credential &credential, int column)
{
    switch (column) {
    case CredentialModel::NameColumn:
        return credential.name;
    case CredentialModel::PurposeColumn:
        return credential.purpose.isEmpty() ? labelOf(kindOf(credential)) : credential.purpose;
    case CredentialModel::AddedColumn:
        return dateText(credential.createdAt);
    case CredentialModel::LastUsedColumn:
        return dateText(credential.lastUsedAt);
    }
    return {};
}

} // namespace

void CredentialModel::setCredentials(const std::vector<Credential> &credentials)
{
    if (credentials == m_credentials)
        return;
    const bool isSameList =
        std::ranges::equal(credentials, m_credentials, {}, &Credential::keychainEntry, &Credential::keychainEntry);
    if (isSameList) { // one was used: whoever reads what is said of it stays on its row
        m_credentials = credentials;
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_credentials = credentials;
    endResetModel();
}

const Credential *CredentialModel::credential(int row) const
{
    return row >= 0 && row < rowCount() ? &m_credentials[static_cast<std::size_t>(row)] : nullptr;
}

int CredentialModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_credentials.size());
}

int CredentialModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CredentialModel::data(const QModelIndex &index, int role) const
{
    const Credential *credential = this->credential(index.row());
    if (!credential || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const QString text = textOf(*credential, index.column());
    return role == Qt::ToolTipRole ? plainToolTip(text) : text;
}

QVariant CredentialModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case PurposeColumn:
        return tr("What it is for");
    case AddedColumn:
        return tr("Added");
    case LastUsedColumn:
        return tr("Last used");
    }
    return {};
}

} // namespace cockpit
