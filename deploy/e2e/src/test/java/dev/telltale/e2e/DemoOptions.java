package dev.telltale.e2e;

import picocli.CommandLine.Option;

/** What {@code deploy/demo} can be told. */
final class DemoOptions {
  @Option(names = "--readings", paramLabel = "N", description = "of each device; default 20")
  private int readings = 20;

  @Option(names = "--devices", paramLabel = "D", description = "default 3")
  private int devices = 3;

  @Option(names = "--suite", paramLabel = "nist|sm", description = "default nist")
  private String suite = "nist";

  @Option(names = "--transport", paramLabel = "mqtt|coap", description = "default mqtt")
  private String transport = "mqtt";

  @Option(names = "--paper", description = "a new nonce for each envelope")
  private boolean paper;

  @Option(
      names = "--attack",
      paramLabel = "KIND|list",
      description = "attack the running system; list tells the kinds")
  private String attack = "";

  @Option(names = "--json", description = "ends with one object on a line")
  private boolean json;

  @Option(names = "--keep", description = "leave the folder of this run where it is")
  private boolean keep;

  int readings() {
    return readings;
  }

  int devices() {
    return devices;
  }

  String attack() {
    return attack;
  }

  boolean json() {
    return json;
  }

  boolean keep() {
    return keep;
  }

  /** What cannot be done, in one line; empty if all can. */
  String problem() {
    if (!suite.equals("nist")) {
      return suite.equals("sm") ? "--suite sm is not built yet: nist is" : "--suite is nist or sm";
    }
    if (!transport.equals("mqtt")) {
      return transport.equals("coap")
          ? "--transport coap is not built yet: mqtt is"
          : "--transport is mqtt or coap";
    }
    if (paper) {
      return "--paper is not built yet";
    }
    if (readings < 1 || readings > 1_000_000) {
      return "--readings is 1 to 1000000";
    }
    if (devices < 1 || devices > 50) {
      return "--devices is 1 to 50";
    }
    return "";
  }
}
