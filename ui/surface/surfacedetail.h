// What stands behind one cell of the surface matrix: a line for each check, with the way to its finding.
#pragma once

#include "models/surfacematrix.h"
#include "ui/widgets/card.h"

#include <optional>

class QVBoxLayout;

namespace cockpit {

class CheckCatalog;
class PlainLabel;

class SurfaceDetail : public Card
{
    Q_OBJECT

public:
    explicit SurfaceDetail(const CheckCatalog &catalog, QWidget *parent = nullptr);

    void show(const Host &host, const SurfaceCell &cell);
    void showNothing();

signals:
    void findingChosen(const QString &findingId);

private:
    void addLine(const SurfaceLine &line, int number);
    void clear();

    const CheckCatalog &m_catalog;
    PlainLabel *m_title;
    PlainLabel *m_about;
    QVBoxLayout *m_lines;
    std::optional<std::pair<Host, SurfaceCell>> m_shown; // nothing is built anew while it stays the same
};

} // namespace cockpit
