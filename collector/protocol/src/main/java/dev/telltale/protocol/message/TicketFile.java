package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A ticket as a text file: comment lines that begin with {@code #}, then the signed ticket in
 * base64, 64 columns. The comments are for people; no program believes them.
 *
 * @param comments without the {@code #}
 * @param signed COSE_Sign1 {@code ticket}
 */
public record TicketFile(List<String> comments, CoseSign1 signed) {
  private static final int COLUMNS = 64;
  private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'});

  public TicketFile {
    comments = List.copyOf(comments);
    comments.forEach(line -> Fields.requireText(line, 0, Limits.TEXT, "comment"));
    Fields.requireBytes(signed.encoded(), 1, Limits.TICKET, "signed ticket");
  }

  /** The file with comments that say what it permits and that it is secret. */
  public static TicketFile of(Invite invite, CoseSign1 signed) {
    return new TicketFile(
        List.of(
            " Telltale enrolment ticket " + invite.ticket(),
            " group " + invite.group() + ", devices " + invite.uses(),
            " valid until " + Instant.ofEpochMilli(invite.expiry()),
            " Keep it secret: whoever holds it can enrol a TPM until then."),
        signed);
  }

  public Bytes encode() {
    StringBuilder text = new StringBuilder();
    comments.forEach(line -> text.append('#').append(line).append('\n'));
    text.append(ENCODER.encodeToString(signed.encoded().toArray())).append('\n');
    return Bytes.utf8(text.toString());
  }

  public static TicketFile decode(Bytes file) throws MalformedException {
    if (file.length() > 2 * Limits.TICKET) {
      throw malformed("longer than a ticket can be");
    }
    String text = new String(file.toArray(), StandardCharsets.UTF_8);
    List<String> comments = new ArrayList<>();
    int position = 0;
    while (text.startsWith("#", position)) {
      int end = text.indexOf('\n', position);
      if (end < 0 || end - position > Limits.TEXT) {
        throw malformed("a comment line is too long");
      }
      comments.add(comment(text.substring(position + 1, end)));
      position = end + 1;
    }
    TicketFile ticket =
        new TicketFile(comments, CoseSign1.decode(base64(text.substring(position))));
    if (!ticket.encode().equals(file)) {
      throw malformed("the base64 is not in lines of 64 characters, ended by a newline");
    }
    return ticket;
  }

  private static String comment(String line) throws MalformedException {
    if (line.chars().anyMatch(Character::isISOControl) || Bytes.utf8(line).length() > Limits.TEXT) {
      throw malformed("a comment line has control characters or is too long");
    }
    return line;
  }

  private static Bytes base64(String lines) throws MalformedException {
    try {
      Bytes signed = Bytes.of(Base64.getDecoder().decode(lines.replace("\n", "")));
      if (signed.isEmpty() || signed.length() > Limits.TICKET) {
        throw malformed("no ticket, or one that is too long");
      }
      return signed;
    } catch (IllegalArgumentException e) {
      throw malformed("not base64");
    }
  }

  private static MalformedException malformed(String detail) {
    return new MalformedException(Check.TICKET_TEXT, 0, detail);
  }
}
