// The public surface on one page: every host against what was looked at there; each field leads to its finding.
#pragma once

#include "ui/widgets/page.h"

class QStackedLayout;
class QTableView;

namespace cockpit {

class Card;
class CertificateModel;
class EmptyState;
class SurfaceDetail;
class SurfaceModel;
class SurfaceTable;

class SurfacePage : public Page
{
    Q_OBJECT

public:
    explicit SurfacePage(Session &session, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    QWidget *createBoard();
    Card *createCertificates();
    void createLinks();
    void showCertificates();
    void showChosen();
    void openChosen(const QModelIndex &index);

    SurfaceModel *m_model;
    SurfaceTable *m_table;
    SurfaceDetail *m_detail;
    CertificateModel *m_certificates;
    QTableView *m_certificateTable;
    Card *m_certificateCard;
    EmptyState *m_empty;
    QStackedLayout *m_stack;
};

} // namespace cockpit
