package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Who is at fault.
 *
 * @param kind what it is
 * @param member the rank, or of a link the sender
 * @param peer of a link the receiver, else null
 */
public record Suspect(Kind kind, Member member, Member peer) {

  /** What may be at fault. */
  public enum Kind {
    /** A process or its machine. */
    RANK,
    /** The way from one rank to another. */
    LINK,
    /** The sending side of a rank's NIC: all that it sends is slow. */
    SENDER,
    /** The receiving side of a rank's NIC. */
    RECEIVER,
    /** A rank's NIC, in both directions. */
    NIC
  }

  static Suspect rank(Member member) {
    return new Suspect(Kind.RANK, member, null);
  }

  /** The same for the same suspect, and for none other. */
  String key() {
    return kind + ":" + member.id() + (peer == null ? "" : ">" + peer.id());
  }

  /** For people, such as {@code rank 6 on node-1}. */
  public String text() {
    var on = member.host().isEmpty() ? "" : " on " + member.host();
    return switch (kind) {
      case RANK -> "rank " + member.rank() + on;
      case LINK ->
          "link from rank "
              + member.rank()
              + on
              + " to rank "
              + peer.rank()
              + (peer.host().isEmpty() ? "" : " on " + peer.host());
      case SENDER -> "sending NIC of rank " + member.rank() + on;
      case RECEIVER -> "receiving NIC of rank " + member.rank() + on;
      case NIC -> "NIC of rank " + member.rank() + on;
    };
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(kind.ordinal());
    member.write(out);
    out.writeBoolean(peer != null);
    if (peer != null) {
      peer.write(out);
    }
  }

  static Suspect read(DataInput in) throws IOException {
    var kind = Kind.values()[in.readUnsignedByte()];
    var member = Member.read(in);
    return new Suspect(kind, member, in.readBoolean() ? Member.read(in) : null);
  }
}
