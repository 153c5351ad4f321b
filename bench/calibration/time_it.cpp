#include "rates.hpp"
#include <chrono>
#include <cstdio>
using namespace oddity::calibration;
int main(int n, char** a) {
  auto rates = long_series(std::stod(a[1]));
  for (auto& r : rates) {
    if (n > 2 && r.noise.name != a[2]) continue;
    auto t = std::chrono::steady_clock::now();
    measure(r);
    double s = std::chrono::duration<double>(std::chrono::steady_clock::now() - t).count();
    printf("%d %s %s %s %s: %.2f x alpha, %.1f us/window\n", r.rows, r.setting.detector.data(), r.setting.alpha.c_str(), r.setting.treatment.name.data(), r.noise.name.data(), r.share.value()/r.alpha(), 1e6*s/double(r.windows + r.unscored));
  }
}
