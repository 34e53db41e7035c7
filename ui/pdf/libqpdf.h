// libqpdf, as far as the finished PDF needs it.
#pragma once

// Its JSON class (11.3) destroys a list of itself before it is complete, which Clang 14 refuses from C++20 on. Nothing
// of it is called here: the name is enough.
#if defined(__clang__) && !defined(JSON_HH)
#define JSON_HH
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>
class InputSource;
class JSON;
class Pipeline;
#endif

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
