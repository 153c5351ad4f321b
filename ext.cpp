
#include <cmath>
#include <algorithm>
extern "C" void ext(const float*x,int n,double tau,float*out){ double hi=-1e30,lo=1e30; double d=exp(-1/tau); double mid=0; bool f=false; double H=0,Lw=0; for(int i=0;i<n;++i){ if(!std::isfinite(x[i])){out[i]=H-Lw;continue;} if(!f){H=Lw=x[i];f=true;} out[i]=H-Lw; double m=.5*(H+Lw); H=m+(H-m)*d; Lw=m+(Lw-m)*d; H=std::max<double>(H,x[i]); Lw=std::min<double>(Lw,x[i]); } }
