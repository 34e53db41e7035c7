// The sections of the handover pack with how complete each one is.
#pragma once

#include "models/handoverdocument.h"

#include <QAbstractListModel>

namespace cockpit {

struct SectionLine
{
    QString id;
    QString title;
    Completeness completeness = Completeness::Complete;
    int answersMissing = 0;

    bool operator==(const SectionLine &) const = default;
};

class SectionModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { SectionIdRole = Qt::UserRole }; // beside the roles of RowDelegate

    using QAbstractListModel::QAbstractListModel;

    void setDocument(const HandoverDocument &document);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<SectionLine> m_lines;
};

} // namespace cockpit
