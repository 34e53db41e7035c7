// What the panel says about one cell of the matrix: the finding that was made of it, or what was seen.
#pragma once

#include "ui/stage/detail.h"

class QModelIndex;

namespace cockpit {

class MatrixModel;

inline constexpr QLatin1StringView kRolesCheck("access.roles");

// A cell, of a role; nothing for the route itself and outside.
std::optional<Detail> detailOfCell(const MatrixModel &model, const QModelIndex &index, const Session &session);

} // namespace cockpit
