import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { isAddressRange, makeProxies } from "../../src/AddressRange.ts"
import { blockOf, clientAddress, networkOf, normalAddress } from "../../src/http/ClientAddress.ts"

const nobody = makeProxies([])
const proxies = makeProxies(["10.0.0.0/8", "2001:db8:aaaa::/48", "203.0.113.7"])

const stranger = fc.oneof(fc.ipV4(), fc.ipV6())
  .map((address) => normalAddress(address)!)
  .filter((address) => !proxies(address))
const proxy = fc.constantFrom("10.1.2.3", "203.0.113.7", "2001:db8:aaaa:1::5", "::ffff:10.9.9.9")
const anyHeader = fc.option(fc.oneof(fc.string(), stranger), { nil: undefined })

describe("the client's address", () => {
  it("is the socket's, whatever X-Forwarded-For says, unless the socket is a trusted proxy's", () => {
    fc.assert(fc.property(stranger, anyHeader, (peer, header) => {
      assert.strictEqual(clientAddress(nobody, peer, header), peer)
      assert.strictEqual(clientAddress(proxies, peer, header), peer)
    }))
  })

  it("is the right-most that is no trusted proxy, whatever the client wrote before it", () => {
    fc.assert(
      fc.property(stranger, proxy, fc.array(proxy), anyHeader, (client, peer, hops, written) => {
        const header = [...(written === undefined ? [] : [written]), client, ...hops].join(", ")
        assert.strictEqual(clientAddress(proxies, peer, header), client)
      })
    )
  })

  it("is a proxy's where the proxy names nobody, or what is no address", () => {
    for (const header of [undefined, "", "unknown", "198.51.100.1, _hidden", "198.51.100.1,"]) {
      assert.strictEqual(clientAddress(proxies, "10.1.2.3", header), "10.1.2.3")
    }
    assert.strictEqual(clientAddress(proxies, "10.1.2.3", "10.7.7.7"), "10.7.7.7")
    assert.strictEqual(clientAddress(proxies, undefined, "198.51.100.1"), "")
  })

  it("has one spelling", () => {
    for (
      const [given, normal] of [
        ["::ffff:198.51.100.1", "198.51.100.1"],
        ["::FFFF:C633:6401", "198.51.100.1"],
        ["2001:DB8:0:0::1", "2001:db8::1"],
        ["fe80::1%eth0", "fe80::1"],
        ["nobody", undefined],
        ["1.2.3", undefined]
      ] as const
    ) {
      assert.strictEqual(normalAddress(given), normal)
    }
    assert.strictEqual(clientAddress(proxies, "10.1.2.3", "[2001:db8::1]:4711"), "2001:db8::1")
    assert.strictEqual(clientAddress(proxies, "10.1.2.3", "198.51.100.1:4711"), "198.51.100.1")
  })

  it("counts as its /64 where it is of version 6, since that is one site", () => {
    assert.strictEqual(networkOf("198.51.100.1"), "198.51.100.1")
    assert.strictEqual(networkOf("2001:db8::1"), "2001:db8:0:0::/64")
    assert.strictEqual(networkOf("2001:db8:0:0:ffff:1:2:3"), "2001:db8:0:0::/64")
    assert.strictEqual(networkOf("1:2:3:4:5:6:7:8"), "1:2:3:4::/64")
    assert.strictEqual(networkOf("::1"), "0:0:0:0::/64")
    assert.strictEqual(networkOf("1::"), "1:0:0:0::/64")
  })

  it("waits for its turn as what one customer has at most, be it given as an address or as its /64", () => {
    assert.strictEqual(blockOf("198.51.100.1"), "198.51.100.0/24")
    assert.strictEqual(blockOf("2001:db8::1"), "2001:db8:0::/48")
    for (const address of ["1:2:3:4:5:6:7:8", "1:2:3:ffff::"]) {
      assert.strictEqual(blockOf(address), "1:2:3::/48")
      assert.strictEqual(blockOf(networkOf(address)), blockOf(address))
    }
    assert.strictEqual(blockOf(networkOf("::1")), "0:0:0::/48")
    assert.strictEqual(blockOf(""), "")
  })

  it("knows an address or a range from anything else", () => {
    for (const range of ["10.0.0.0/8", "127.0.0.1", "::1", "2001:db8::/32", "0.0.0.0/0"]) {
      assert.isTrue(isAddressRange(range), range)
    }
    for (const text of ["", "10.0.0.0/33", "10.0.0.0/", "::1/129", "10.0.0/8", "proxy.test", "1.2.3.4/8/8", "::1/-1"]) {
      assert.isFalse(isAddressRange(text), text)
    }
  })
})
