// answer_key: the cheap exact normal form of an answer, as org.millrace.kernel.verify.AnswerKey has
// it. A thread takes a row: answers are short. Only ASCII is looked at, so bytes will do.
#pragma once

#include "strings.cuh"

namespace millrace {

/** Takes the key's bytes, or only counts them where there is nowhere to put them. */
struct KeyOutput {
  uint8_t* bytes;
  int32_t length;

  MILLRACE_FN void add(uint8_t byte) {
    if (bytes != nullptr) {
      bytes[length] = byte;
    }
    ++length;
  }
};

class AnswerKey {
 public:
  MILLRACE_FN AnswerKey(const uint8_t* text, int32_t from, int32_t to)
      : text_(text), from_(from), to_(to) {}

  MILLRACE_FN void write(KeyOutput& out) {
    unwrap();
    if (!number(out)) {
      spaced(out);
    }
  }

 private:
  MILLRACE_FN static bool space(uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

  MILLRACE_FN static bool digit(uint8_t c) { return c >= '0' && c <= '9'; }

  MILLRACE_FN void unwrap() {
    int32_t wraps = 0;
    while (true) {
      while (from_ < to_ && space(text_[from_])) {
        ++from_;
      }
      while (to_ > from_ && space(text_[to_ - 1])) {
        --to_;
      }
      if (to_ > from_ && text_[to_ - 1] == '.') {
        --to_;
      } else if (wraps < MOST_WRAPS && dollars()) {
        ++wraps;
        ++from_;
        --to_;
      } else if (wraps < MOST_WRAPS && boxed()) {
        ++wraps;
        from_ += BOXED;
        --to_;
      } else {
        return;
      }
    }
  }

  /** Whether all is between two dollars with none between them. */
  MILLRACE_FN bool dollars() const {
    if (to_ - from_ < 2 || text_[from_] != '$' || text_[to_ - 1] != '$') {
      return false;
    }
    for (int32_t i = from_ + 1; i < to_ - 1; ++i) {
      if (text_[i] == '$') {
        return false;
      }
    }
    return true;
  }

  /** Whether all is a box: its brace is closed by the last byte and not before. */
  MILLRACE_FN bool boxed() const {
    if (to_ - from_ <= BOXED || text_[to_ - 1] != '}') {
      return false;
    }
    const char* box = "\\boxed{";
    for (int32_t i = 0; i < BOXED; ++i) {
      if (text_[from_ + i] != box[i]) {
        return false;
      }
    }
    int32_t open = 1;
    for (int32_t i = from_ + BOXED; i < to_ - 1; ++i) {
      open += text_[i] == '{' ? 1 : text_[i] == '}' ? -1 : 0;
      if (open == 0) {
        return false;
      }
    }
    return open == 1;
  }

  MILLRACE_FN void spaced(KeyOutput& out) const {
    for (int32_t i = from_; i < to_; ++i) {
      if (!space(text_[i])) {
        out.add(text_[i]);
      } else if (!space(text_[i + 1])) {  // the last byte is none
        out.add(' ');
      }
    }
  }

  /** Writes the number that all is; false where it isn't one. */
  MILLRACE_FN bool number(KeyOutput& out) const {
    int32_t at = from_;
    bool negative = at < to_ && text_[at] == '-';
    if (at < to_ && (negative || text_[at] == '+')) {
      ++at;
    }
    int32_t whole = at;
    while (at < to_ && (digit(text_[at]) || text_[at] == ',')) {
      ++at;
    }
    int32_t point = at;
    if (at < to_ && text_[at] == '.') {
      ++at;
      while (at < to_ && digit(text_[at])) {
        ++at;
      }
    }
    bool digits = point > whole || at > point + 1;
    if (at < to_ || !digits || !grouped(whole, point)) {
      return false;
    }
    int32_t first = whole;
    while (first < point && (text_[first] == '0' || text_[first] == ',')) {
      ++first;
    }
    int32_t end = at;
    while (end > point + 1 && text_[end - 1] == '0') {
      --end;
    }
    bool fraction = end > point + 1;
    if (negative && (first < point || fraction)) {
      out.add('-');
    }
    if (first == point) {
      out.add('0');
    }
    for (int32_t i = first; i < point; ++i) {
      if (text_[i] != ',') {
        out.add(text_[i]);
      }
    }
    for (int32_t i = point; fraction && i < end; ++i) {
      out.add(text_[i]);
    }
    return true;
  }

  /** Whether commas, if any, stand before groups of three digits and after one to three. */
  MILLRACE_FN bool grouped(int32_t whole, int32_t point) const {
    int32_t comma = whole;
    while (comma < point && text_[comma] != ',') {
      ++comma;
    }
    if (comma == point) {
      return true;
    }
    if (comma == whole || comma > whole + 3 || (point - comma) % 4 != 0) {
      return false;
    }
    for (int32_t i = comma; i < point; ++i) {
      if ((text_[i] == ',') != ((i - comma) % 4 == 0)) {
        return false;
      }
    }
    return true;
  }

  static constexpr int32_t BOXED = 7;
  static constexpr int32_t MOST_WRAPS = 8;

  const uint8_t* text_;
  int32_t from_;
  int32_t to_;
};

/** Bytes of a row's key, which go to `out` unless that is null; none for a null row. */
MILLRACE_FN int32_t answer_key(const Strings& in, int32_t row, uint8_t* out) {
  KeyOutput key{out, 0};
  if (!is_null(in.valid, row)) {
    AnswerKey(in.bytes, in.offsets[row], in.offsets[row + 1]).write(key);
  }
  return key.length;
}

}  // namespace millrace
