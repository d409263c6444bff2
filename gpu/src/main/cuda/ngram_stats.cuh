// ngram_stats: how often lines, paragraphs and n-grams of words repeat, with the ratios of the
// words' characters, as org.millrace.kernel.clean.DocumentStatistics measures them.
//
// A warp takes a row. The scans are of one thread each by their nature (an n-gram that was seen
// before moves the scan on by n words), so they run side by side, a lane each: first one that cuts
// words, one for the lines and one for the paragraphs, then nine for the lengths of n-grams.
#pragma once

#include "strings.cuh"

namespace millrace {

enum CharacterClass : uint8_t { SPACE = 1, LETTER = 2, SYMBOL = 4 };

/** The fields, in the order of org.millrace.kernel.clean.Ratio. */
enum Ratio : int32_t {
  RATIO_WORDS,
  MEAN_WORD_LENGTH,
  ALPHABETIC,
  HASH,
  ELLIPSIS,
  DUPLICATE_LINES,
  DUPLICATE_LINE_CHARACTERS,
  DUPLICATE_PARAGRAPHS,
  DUPLICATE_PARAGRAPH_CHARACTERS,
  TOP_GRAM,  // 2 to 4
  DUPLICATE_GRAMS = TOP_GRAM + 3,  // 5 to 10
  RATIOS = DUPLICATE_GRAMS + 6
};

constexpr int GRAM_SCANS = RATIOS - TOP_GRAM;
constexpr uint64_t TEXT_BASE = 0xD6E8FEB86659FD93ULL;

/**
 * A character of UTF-8 at a place; U+FFFD, one byte long, where it is none. Reads no byte at or
 * after `end`.
 */
struct Character {
  uint32_t code;
  uint32_t length;
};

MILLRACE_FN Character character_at(const uint8_t* bytes, uint32_t at, uint32_t end) {
  uint32_t first = bytes[at];
  if (first < 0x80) {
    return {first, 1};
  }
  uint32_t length = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
  if (length == 1 || end - at < length) {
    return {0xFFFD, 1};
  }
  uint32_t code = first & (0x7FU >> length);
  for (uint32_t i = 1; i < length; ++i) {
    uint32_t next = bytes[at + i];
    if ((next & 0xC0) != 0x80) {
      return {0xFFFD, 1};
    }
    code = code << 6 | (next & 0x3F);
  }
  bool shortest = length == 2 || (length == 3 ? code >= 0x800 : code >= 0x10000);
  bool exists = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  return shortest && exists ? Character{code, length} : Character{0xFFFD, 1};
}

/** The hash of a string modulo 2^64, and the base to the power of its length in UTF-16 units. */
struct TextHash {
  uint64_t hash = 0;
  uint64_t power = 1;

  MILLRACE_FN void add(uint32_t code) {
    if (code >= 0x10000) {
      unit(0xD800 + ((code - 0x10000) >> 10));
      unit(0xDC00 + (code & 0x3FF));
    } else {
      unit(code);
    }
  }

 private:
  MILLRACE_FN void unit(uint32_t c) {
    hash = hash * TEXT_BASE + c + 1;
    power *= TEXT_BASE;
  }
};

struct Word {
  uint64_t hash;
  uint64_t power;
  uint32_t length;
};

struct Slot {
  uint64_t key;  // 0 where free
  uint32_t count;
  uint32_t first;
};

/** How often each hash was seen and where first; room for two thirds of the slots. */
struct HashCounts {
  Slot* slots;
  uint32_t capacity;

  /** Sees a hash at a place. */
  MILLRACE_FN Slot& see(uint64_t hash, uint32_t place) const {
    uint64_t mixed = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15ULL;
    uint64_t key = hash == 0 ? 1 : hash;
    uint32_t at = static_cast<uint32_t>((mixed >> 32) * capacity >> 32);
    while (slots[at].key != 0 && slots[at].key != key) {
      at = at + 1 == capacity ? 0 : at + 1;
    }
    if (slots[at].key == 0) {
      slots[at] = {key, 0, place};
    }
    ++slots[at].count;
    return slots[at];
  }
};

/** Most words, or lines, that a text of so many bytes can have. */
MILLRACE_FN int64_t most_words(int64_t bytes) { return bytes / 2 + 2; }

MILLRACE_FN int64_t slots_for(int64_t words) { return words + words / 2 + 2; }

/** Bytes of scratch that a row of so many bytes needs at most. */
MILLRACE_FN int64_t ngram_scratch(int64_t bytes) {
  int64_t words = most_words(bytes);
  return words * sizeof(Word) + GRAM_SCANS * slots_for(words) * sizeof(Slot);
}

/** What the first scans find; integers, so that the divisions are the last step, as in Java. */
struct TextCounts {
  uint32_t words, proper, proper_characters, alphabetic, hashes, ellipses;
  uint32_t characters, lines, duplicate_lines, duplicate_line_characters;
  uint32_t paragraphs, duplicate_paragraphs, duplicate_paragraph_characters;
};

struct Row {
  const uint8_t* bytes;
  uint32_t begin;
  uint32_t end;
  const uint8_t* classes;

  MILLRACE_FN Character at(uint32_t place) const { return character_at(bytes, place, end); }

  MILLRACE_FN uint8_t flags(uint32_t code) const { return classes[code]; }
};

MILLRACE_FN void cut_words(const Row& row, Word* words, TextCounts& counts) {
  uint32_t at = row.begin;
  uint32_t dots = 0;
  while (at < row.end) {
    TextHash hash;
    uint32_t inside = 0;
    uint32_t outside = 0;
    uint32_t length = 0;
    while (at < row.end) {
      Character c = row.at(at);
      at += c.length;
      counts.hashes += c.code == '#';
      counts.ellipses += c.code == 0x2026;
      dots = c.code == '.' ? dots + 1 : 0;
      if (dots == 3) {
        ++counts.ellipses;
        dots = 0;
      }
      uint32_t flags = row.flags(c.code);
      if ((flags & SPACE) != 0) {
        break;
      }
      inside |= flags;
      outside |= ~flags;
      ++length;
      hash.add(c.code);
    }
    if (length > 0) {
      words[counts.words++] = {hash.hash, hash.power, length};
      counts.alphabetic += (inside & LETTER) != 0;
      if ((outside & SYMBOL) != 0) {
        ++counts.proper;
        counts.proper_characters += length;
      }
    }
  }
}

/** Lines between runs of LF, the empty ones at the ends of the text included. */
MILLRACE_FN void repeat_lines(const Row& row, HashCounts seen, TextCounts& counts) {
  uint32_t at = row.begin;
  while (true) {
    uint32_t begin = at;
    TextHash hash;
    uint32_t length = 0;
    while (at < row.end && row.bytes[at] != '\n') {
      Character c = row.at(at);
      at += c.length;
      hash.add(c.code);
      ++length;
    }
    counts.characters += length;
    if (at > begin || begin == row.begin || at == row.end) {
      ++counts.lines;
      if (seen.see(hash.hash, 0).count > 1) {
        ++counts.duplicate_lines;
        counts.duplicate_line_characters += length;
      }
    }
    if (at == row.end) {
      return;
    }
    ++counts.characters;
    ++at;
  }
}

/** The parts of the stripped text between runs of two LFs and more. */
MILLRACE_FN void repeat_paragraphs(const Row& row, HashCounts seen, TextCounts& counts) {
  bool gap = false;
  bool blank = true;
  uint32_t begin = row.end;
  uint32_t end = row.end;
  for (uint32_t at = row.begin; at < row.end;) {
    gap |= row.bytes[at] == '\n' && at > row.begin && row.bytes[at - 1] == '\n';
    Character c = row.at(at);
    at += c.length;
    if ((row.flags(c.code) & SPACE) == 0) {
      begin = blank ? at - c.length : begin;
      blank = false;
      end = at;
    }
  }
  if (!gap) {
    counts.paragraphs = 1;
    return;
  }
  for (uint32_t at = begin; true;) {
    TextHash hash;
    uint32_t length = 0;
    while (at < end && !(row.bytes[at] == '\n' && row.bytes[at + 1] == '\n')) {
      Character c = row.at(at);
      at += c.length;
      hash.add(c.code);
      ++length;
    }
    ++counts.paragraphs;
    if (seen.see(hash.hash, 0).count > 1) {
      ++counts.duplicate_paragraphs;
      counts.duplicate_paragraph_characters += length;
    }
    if (at == end) {
      return;
    }
    while (row.bytes[at] == '\n') {
      ++at;
    }
  }
}

MILLRACE_FN uint32_t characters_of(const Word* words, uint32_t first, uint32_t n) {
  uint32_t characters = 0;
  for (uint32_t i = first; i < first + n; ++i) {
    characters += words[i].length;
  }
  return characters;
}

/** Code points of the commonest n-gram, joined with spaces, by its count; of equals the first. */
MILLRACE_FN uint64_t top_gram(const Word* words, uint32_t count, uint32_t n, HashCounts seen) {
  if (count < n) {
    return 0;
  }
  uint32_t most = 1;
  uint32_t first = 0;
  for (uint32_t i = 0; i + n <= count; ++i) {
    uint64_t hash = words[i].hash;
    for (uint32_t j = i + 1; j < i + n; ++j) {
      hash = (hash * TEXT_BASE + ' ' + 1) * words[j].power + words[j].hash;
    }
    const Slot& slot = seen.see(hash, i);
    if (slot.count > 1 && (slot.count > most || (slot.count == most && slot.first < first))) {
      most = slot.count;
      first = slot.first;
    }
  }
  return static_cast<uint64_t>(most) * (characters_of(words, first, n) + n - 1);
}

/** Code points of the n-grams seen before, scanned left to right, n words on after each. */
MILLRACE_FN uint64_t duplicate_grams(const Word* words, uint32_t count, uint32_t n,
                                     HashCounts seen) {
  uint64_t characters = 0;
  for (uint32_t i = 0; i + n <= count;) {
    uint64_t hash = words[i].hash;
    for (uint32_t j = i + 1; j < i + n; ++j) {
      hash = hash * words[j].power + words[j].hash;
    }
    if (seen.see(hash, i).count > 1) {
      characters += characters_of(words, i, n);
      i += n;
    } else {
      ++i;
    }
  }
  return characters;
}

MILLRACE_FN double ratio(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

MILLRACE_FN void clear(const Warp& warp, Slot* slots, int64_t count) {
  warp.each([&](int lane) {
    for (int64_t i = lane; i < count; i += LANES) {
      slots[i] = {0, 0, 0};
    }
  });
}

/**
 * The ratios of a row.
 *
 * @param scratch ngram_scratch bytes, aligned to 8
 * @param counts shared by the warp
 * @param classes flags by code point, 0x110000 of them
 * @param ratios out: field f at f * rows + row; untouched where the row is null
 */
MILLRACE_FN void ngram_stats(const Warp& warp, uint8_t* scratch, TextCounts& counts,
                             const Strings& in, const uint8_t* classes, int32_t at,
                             double* ratios) {
  if (is_null(in.valid, at)) {
    return;
  }
  Row row{in.bytes, static_cast<uint32_t>(in.offsets[at]), static_cast<uint32_t>(in.offsets[at + 1]),
          classes};
  int64_t most = most_words(row.end - row.begin);
  Word* words = reinterpret_cast<Word*>(scratch);
  Slot* slots = reinterpret_cast<Slot*>(words + most);
  int64_t capacity = slots_for(most);
  clear(warp, slots, 2 * capacity);
  warp.each([&](int lane) {
    if (lane == 0) {
      counts = TextCounts{};
    }
  });
  warp.each([&](int lane) {
    if (lane == 0) {
      cut_words(row, words, counts);
    } else if (lane == 1) {
      repeat_lines(row, {slots, static_cast<uint32_t>(capacity)}, counts);
    } else if (lane == 2) {
      repeat_paragraphs(row, {slots + capacity, static_cast<uint32_t>(capacity)}, counts);
    }
  });
  capacity = slots_for(counts.words);
  clear(warp, slots, GRAM_SCANS * capacity);
  warp.each([&](int lane) {
    double value = 0;
    switch (lane) {
      case RATIO_WORDS: value = counts.words; break;
      case MEAN_WORD_LENGTH: value = ratio(counts.proper_characters, counts.proper); break;
      case ALPHABETIC: value = ratio(counts.alphabetic, counts.words); break;
      case HASH: value = ratio(counts.hashes, counts.words); break;
      case ELLIPSIS: value = ratio(counts.ellipses, counts.words); break;
      case DUPLICATE_LINES: value = ratio(counts.duplicate_lines, counts.lines); break;
      case DUPLICATE_LINE_CHARACTERS:
        value = ratio(counts.duplicate_line_characters, counts.characters);
        break;
      case DUPLICATE_PARAGRAPHS:
        value = ratio(counts.duplicate_paragraphs, counts.paragraphs);
        break;
      case DUPLICATE_PARAGRAPH_CHARACTERS:
        value = ratio(counts.duplicate_paragraph_characters, counts.characters);
        break;
      default:
        if (lane < RATIOS) {
          HashCounts seen{slots + (lane - TOP_GRAM) * capacity, static_cast<uint32_t>(capacity)};
          uint64_t part = lane < DUPLICATE_GRAMS
                              ? top_gram(words, counts.words, 2 + lane - TOP_GRAM, seen)
                              : duplicate_grams(words, counts.words, 5 + lane - DUPLICATE_GRAMS, seen);
          value = ratio(part, counts.characters);
        }
    }
    if (lane < RATIOS) {
      ratios[static_cast<int64_t>(lane) * in.rows + at] = value;
    }
  });
}

}  // namespace millrace
