package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;

/**
 * What swtpm 0.7.1 (libtpms 0.9) returned to tpm2-tools 5.4: bytes nobody here computed. Register 0
 * and register 8 of the SHA-256 bank had been extended once.
 */
public final class CapturedTpm {
  /**
   * The restricted P-256 key that made the quotes below, a primary of the endorsement hierarchy.
   */
  public static final Bytes AK_PUBLIC =
      Bytes.hex(
          "0023000b00050472000000100018000b0003001000209c758664457d203372f4"
              + "57db2c6c6674228c4e26e04d087bfafebd914d0695f80020db09a10c9daefe63"
              + "b317722ad64c2a6111ba1c7a2cedc13a6104a06c06c82cf8");

  /** Its name as the TPM computed it. */
  public static final Bytes AK_NAME =
      Bytes.hex("000b1d5a3322fed4d23907b54b9c31630315a2c66b71bff1c82c44da9e8eaf5e" + "580f");

  /** Its qualified name as the TPM computed it. */
  public static final Bytes AK_QUALIFIED_NAME =
      Bytes.hex("000b3608b6db6be5283dfa39c3a5e17698ce94ae22391c53a50989d767a0924f" + "56bf");

  /** A quote of registers 0 to 8 of the SHA-256 bank over the bytes 00 to 1f. */
  public static final Bytes QUOTE =
      Bytes.hex(
          "ff54434780180022000b3608b6db6be5283dfa39c3a5e17698ce94ae22391c53"
              + "a50989d767a0924f56bf0020000102030405060708090a0b0c0d0e0f10111213"
              + "1415161718191a1b1c1d1e1f00000000000004d0000000020000000001201910"
              + "230016363600000001000b03ff01000020b08ac81c8964395b2c4af2daa5063a"
              + "4502d2ff3f8695d76122e51477953f7ed6");

  /** Its TPMT_SIGNATURE. */
  public static final Bytes QUOTE_SIGNATURE =
      Bytes.hex(
          "0018000b002098be37e399a7d0a4e3d4091a58a9c85e3e3475cbdbc5938c682f"
              + "b478cba724430020d9b8fdf0f045f3e33d8676a47758261c6327cda462d412d2"
              + "80b8c0bfb5b10e41");

  /** The nine values it digests, concatenated. */
  public static final Bytes QUOTE_VALUES =
      Bytes.hex(
          "fd75100221f44b0d0661668ce95d2c2f4c784d6de266537f5648da488a195f41"
              + "0000000000000000000000000000000000000000000000000000000000000000"
              + "0000000000000000000000000000000000000000000000000000000000000000"
              + "0000000000000000000000000000000000000000000000000000000000000000"
              + "0000000000000000000000000000000000000000000000000000000000000000"
              + "0000000000000000000000000000000000000000000000000000000000000000"
              + "0000000000000000000000000000000000000000000000000000000000000000"
              + "0000000000000000000000000000000000000000000000000000000000000000"
              + "5f56171d448799f0e987502e33ab54c4c5a6d1016cb3a2c779cb50554ed35dc6");

  /** A quote of sha1:0+sha256:0,7,8. */
  public static final Bytes TWO_BANK_QUOTE =
      Bytes.hex(
          "ff54434780180022000b3608b6db6be5283dfa39c3a5e17698ce94ae22391c53"
              + "a50989d767a0924f56bf00201011121314151617181920212223242526272829"
              + "30313233343536373839404100000000000004b8000000020000000001201910"
              + "230016363600000002000403010000000b038101000020b11c474d3151e72fb5"
              + "168d48b54cc454d76fc51ab64a91ef0068566fedeeddaa");

  /** The four values it digests, concatenated. */
  public static final Bytes TWO_BANK_VALUES =
      Bytes.hex(
          "0000000000000000000000000000000000000000fd75100221f44b0d0661668c"
              + "e95d2c2f4c784d6de266537f5648da488a195f41000000000000000000000000"
              + "00000000000000000000000000000000000000005f56171d448799f0e987502e"
              + "33ab54c4c5a6d1016cb3a2c779cb50554ed35dc6");

  /** A quote of sha256:0+sha1:0, in that order. */
  public static final Bytes DESCENDING_QUOTE =
      Bytes.hex(
          "ff54434780180022000b3608b6db6be5283dfa39c3a5e17698ce94ae22391c53"
              + "a50989d767a0924f56bf00010000000000000367770000000200000000012019"
              + "10230016363600000002000b0301000000040301000000202291b41a89a388ce"
              + "07f96e7e2038fe1515d4180b0eb0d171531e0475cac14b15");

  /** An unrestricted P-256 signing key. */
  public static final Bytes TLS_PUBLIC =
      Bytes.hex(
          "0023000b00040472000000100010000300100020bddf51e394c401069657f895"
              + "5e35238de0ec22ff87784f0805d3c9d83324daa600207a9292b6a99a1915ec45"
              + "561e86075ce0734cb0566b16521bcd2a1c3224688e02");

  /** Its name as the TPM computed it. */
  public static final Bytes TLS_NAME =
      Bytes.hex("000b830543a6f4fae685be72c8c35d948848de78e6ca563f6eb8457f9a9a69d3" + "c403");

  /** Its certification by the attestation key. */
  public static final Bytes CERTIFY =
      Bytes.hex(
          "ff54434780170022000b3608b6db6be5283dfa39c3a5e17698ce94ae22391c53"
              + "a50989d767a0924f56bf000400ff55aa00000000000366e70000000200000000"
              + "0120191023001636360022000b830543a6f4fae685be72c8c35d948848de78e6"
              + "ca563f6eb8457f9a9a69d3c4030022000b80fc2e3e9e5a074541708211654d18"
              + "5b5954f41226a2d51cd081bae271d0b688");

  /** The P-256 endorsement key. */
  public static final Bytes EK_ECC_PUBLIC =
      Bytes.hex(
          "0023000b000300b20020837197674484b3f81a90cc8d46a5d724fd52d76e0652"
              + "0b64f2a1da1b331469aa00060080004300100003001000204835261bbad0bd4c"
              + "0f017ae79d8f97ecaa0131a64e71e5d1b0541b7a3f8a33880020697ac11aedba"
              + "5b03de97e541d47d79a868053151016137cab6ad6f5ea21de259");

  /** The RSA-2048 endorsement key. */
  public static final Bytes EK_RSA_PUBLIC =
      Bytes.hex(
          "0001000b000300b20020837197674484b3f81a90cc8d46a5d724fd52d76e0652"
              + "0b64f2a1da1b331469aa00060080004300100800000000000100c0a2bd5313f5"
              + "52f79bd5b9b6338b3e019f1c59b886ac1847857f01b6cde0e3aece7ce372e4e4"
              + "e6924edb05d069821efcab2782ce7686d183f92b83560945e207433ce3665841"
              + "3f2eb39125973e4f7364e22b77dafb08c311d9b8a495a836d4025f156ab5c40a"
              + "0d99bdd04d74d3d74118f0334b86d732ce942ec44fe425d4cc2a26eeeb72c85e"
              + "2f0b7db8a6790bfd6ee6788a46cc28f0eacd6682316ae7894aa97a06a722eb00"
              + "06d95ab06558f9ee09790b4d013bd2b89eb21214b11d13bd26b5609be0603ae9"
              + "c998c3528b9e04b7395c698bd538e3235a9be35cd4f00cee2c6dab52d1466a95"
              + "550df87692e3104cc35fac63405f44e5e81a933496de8072542d");

  /** A restricted RSA-2048 signing key with RSASSA. */
  public static final Bytes AK_RSA_PUBLIC =
      Bytes.hex(
          "0001000b00050472000000100014000b0800000000000100f586bbd66a76767f"
              + "b04f5a19ace1a4068789d79fddace27a6fd9539d55cb3e9132e22baf4b2d3f52"
              + "56f3a2ac6a888003495c090534ae2d534609654e6d5783b1868cbefb7f8e959c"
              + "1b05c87434fb5bf0e5567e00a2555e41e41787e0cdac9c8c270ae72db1b5b94f"
              + "54fa03289c023cff62ffee23a127f5abb8650db693d970117bff62ace83c041f"
              + "b2cf6333d090b7c67458285077ddc3d883660f8099d4f7d97eda1b18a546991c"
              + "2fc97612ef7c4d211ca44e1b08402c4e6720dc011272fd60c8ee8ef4d3f38ae6"
              + "60a874516cbbadc53e63a6e231e2bd04c5abf5071407ec10da2c1b741664e9cb"
              + "62c8b62b84638689b2bd4467b8516fab4a6929856ee1eb5f");

  /** A P-384 storage key with SHA-384 as name hash. */
  public static final Bytes P384_PUBLIC =
      Bytes.hex(
          "0023000c0003007200000006008000430010000400100030a5b76d4705bd841f"
              + "b24d66ba976a997cd2875d7cce4bf02318ca36bba8da9818c2ed769d3acb4fd5"
              + "05967c6e3fc3c67b00308fb3b7394365463fe62432a4168c60a555295443242c"
              + "e096982f4a05f06b07360586116663a9d58d1f1ba5e7694af770");

  /** The policy digest of TPM2_PolicyPCR over the registers and values of the two-bank quote. */
  public static final Bytes PCR_POLICY =
      Bytes.hex("579655dc21a655767a029494fdd52bd1dab872a92c2ef00fed3502c842607338");

  private CapturedTpm() {}
}
