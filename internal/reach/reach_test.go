package reach

import "testing"

func TestPrivateAddresses(t *testing.T) {
	for address, fine := range map[string]bool{
		"93.184.216.34:443": true, "[2606:2800:220:1::1]:443": true, "[::ffff:93.184.216.34]:443": true,
		"127.0.0.1:80": false, "10.1.2.3:80": false, "172.16.0.1:80": false, "192.168.1.1:80": false, "169.254.169.254:80": false,
		"100.64.0.1:80": false, "0.0.0.0:80": false, "224.0.0.1:80": false, "255.255.255.255:80": false, "192.0.0.8:80": false,
		"198.18.0.1:80": false, "203.0.113.5:80": false, "240.0.0.1:80": false,
		"[::1]:80": false, "[::]:80": false, "[fe80::1%eth0]:80": false, "[fd00::1]:80": false, "[ff02::1]:80": false,
		"[::ffff:127.0.0.1]:80": false, "[::ffff:10.0.0.1]:80": false, "[::127.0.0.1]:80": false,
		"[64:ff9b::7f00:1]:80": false, "[64:ff9b:1::a00:1]:80": false, "[2002:7f00:1::]:80": false, "[2001:0:1::1]:80": false,
		"[2001:db8::1]:80": false, "[fec0::1]:80": false, "[100::1]:80": false, "nonsense": false,
	} {
		if err := public(address); (err == nil) != fine {
			t.Errorf("%s: %v", address, err)
		}
	}
}
