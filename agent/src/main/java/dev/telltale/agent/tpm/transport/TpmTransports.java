package dev.telltale.agent.tpm.transport;

/** Opens connections. */
public final class TpmTransports {
  private TpmTransports() {}

  public static TpmTransport open(TpmAddress address, Deadline deadline) throws TpmException {
    RawChannel channel =
        switch (address) {
          case TpmAddress.Device device -> DeviceRawChannel.open(device.path());
          case TpmAddress.UnixSocket unix -> SocketRawChannel.unix(unix, deadline);
          case TpmAddress.Tcp tcp -> SocketRawChannel.tcp(tcp, deadline);
        };
    return new CheckedTransport(channel, address.simulated(), Thread::sleep);
  }
}
